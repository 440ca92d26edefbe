#include "bench/cli/complaints.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/nearest_name.hpp"

namespace bench::cli {
namespace {

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const each : app.get_subcommands(nullptr)) names.push_back(each->get_name());
  return names;
}

// With their dashes.
std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::string did_you_mean(const std::string& typed, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  return bench::report::did_you_mean(typed, names);
}

bool has_flag(const CLI::App& app, const std::string& flag) {
  const auto names = flag_names(app);
  return std::ranges::find(names, flag) != names.end();
}

// The flag of "--flag=value".
std::string flag_of(const std::string& argument) { return argument.substr(0, argument.find('=')); }

// The complaint about a word or a flag before the command, where only global flags are allowed.
std::string before_command(const CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) {
    return fmt::format("unknown command '{}' (commands: {}){}", argument,
                       fmt::join(command_names(app), ", "),
                       did_you_mean(argument, command_names(app)));
  }
  const std::string flag = flag_of(argument);
  for (const CLI::App* const command : app.get_subcommands()) {
    if (!has_flag(*command, flag)) continue;
    return fmt::format("{} is a flag of {} and must follow it: purgebench {} {}", flag,
                       command->get_name(), command->get_name(), flag);
  }
  return fmt::format("unknown flag {} (see purgebench --help){}", flag,
                     did_you_mean(flag, flag_names(app)));
}

// The complaint about a word or a flag after the command.
std::string after_command(const CLI::App& command, const std::string& argument) {
  const std::string& name = command.get_name();
  if (!argument.starts_with('-')) {
    return fmt::format("{} takes no argument '{}' (see purgebench {} --help)", name, argument,
                       name);
  }
  const std::string flag = flag_of(argument);
  return fmt::format("{} has no flag {} (see purgebench {} --help){}", name, flag, name,
                     did_you_mean(flag, flag_names(command)));
}

// The complaint about a flag with more values than it takes; empty if none.
std::string repeated(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    for (const CLI::Option* const option : command->get_options()) {
      const std::size_t times = option->results().size();
      const int most = option->get_items_expected_max();
      if (most == 0 || times <= static_cast<std::size_t>(most)) continue;
      const std::string given = times == 2 ? "twice" : fmt::format("{} times", times);
      return fmt::format("{} is given {} but takes one value: '{}'", option->get_name(), given,
                         fmt::join(option->results(), "' or '"));
    }
  }
  return {};
}

// The complaint about a missing argument: "compare needs NEW: purgebench compare BASE NEW".
// Empty if none is missing.
std::string missing(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    const auto options = command->get_options();
    const auto absent = std::ranges::find_if(options, [](const CLI::Option* option) {
      return option->get_required() && option->count() == 0;
    });
    if (absent == options.end()) continue;
    const std::string& name = command->get_name();
    std::string usage = "purgebench " + name;
    for (const CLI::Option* const option : options)
      if (option->get_positional()) usage += " " + option->get_name();
    return fmt::format("{} needs {}: {}", name, (*absent)->get_name(), usage);
  }
  return {};
}

// The flag in the parser's message, with dashes: "Could not convert: --flag = x", "--flag: 1
// required TEXT missing", "flag was given ..".
std::string flag_in(const std::string& text) {
  const std::size_t begin = text.find("--");
  if (begin == std::string::npos) return "--" + text.substr(0, text.find(' '));
  return text.substr(begin, text.find_first_of(" :=", begin) - begin);
}

bool takes_value(const CLI::App& app, const std::string& flag) {
  for (const CLI::App* const command : app.get_subcommands()) {
    const CLI::Option* const option = command->get_option_no_throw(flag);
    if (option != nullptr) return option->get_items_expected_max() != 0;
  }
  const CLI::Option* const option = app.get_option_no_throw(flag);
  return option != nullptr && option->get_items_expected_max() != 0;
}

}  // namespace

std::string unexpected(const CLI::App& app) {
  if (!app.remaining().empty()) return before_command(app, app.remaining().front());
  const auto chosen = app.get_subcommands();
  for (const CLI::App* const command : chosen) {
    if (!command->remaining().empty()) return after_command(*command, command->remaining().front());
  }
  if (!chosen.empty()) return {};
  return fmt::format("a command is missing: {} (see purgebench --help)",
                     fmt::join(command_names(app), ", "));
}

// The parser's messages are not written for users. The complaint follows from the kind of error;
// only the flag is taken from the message, because it is available nowhere else.
std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
  if (std::string text = unexpected(app); !text.empty()) return text;
  if (std::string text = repeated(app); !text.empty()) return text;
  const std::string kind = error.get_name();
  const std::string text = error.what();
  // A validator's message is already a sentence; the parser prepends the flag.
  if (kind == "ValidationError") return text.substr(text.find(": ") + 2);
  if (kind == "RequiredError")
    if (std::string sentence = missing(app); !sentence.empty()) return sentence;
  if (kind == "ConversionError") return flag_in(text) + " takes only true or false";
  if (kind == "ArgumentMismatch") {
    const std::string flag = flag_in(text);
    return flag + (takes_value(app, flag) ? " needs a value" : " takes no value");
  }
  return text.substr(0, text.find('\n'));
}

}  // namespace bench::cli
