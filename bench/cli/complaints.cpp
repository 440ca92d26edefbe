#include "bench/cli/complaints.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/nearest_name.hpp"

namespace bench {
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
  return bench::did_you_mean(typed, names);
}

bool has_flag(const CLI::App& app, const std::string& flag) {
  const auto names = flag_names(app);
  return std::ranges::find(names, flag) != names.end();
}

// The flag of "--flag=value".
std::string flag_of(const std::string& argument) { return argument.substr(0, argument.find('=')); }

// A word or a flag in front of the command, where only flags of all commands may be.
std::string before_command(const CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) {
    return fmt::format("there is no command '{}' (there are {}){}", argument,
                       fmt::join(command_names(app), ", "),
                       did_you_mean(argument, command_names(app)));
  }
  const std::string flag = flag_of(argument);
  for (const CLI::App* const command : app.get_subcommands()) {
    if (!has_flag(*command, flag)) continue;
    return fmt::format("{} is a flag of {}, and comes behind it: purgebench {} {}", flag,
                       command->get_name(), command->get_name(), flag);
  }
  return fmt::format("there is no flag {} (see purgebench --help){}", flag,
                     did_you_mean(flag, flag_names(app)));
}

// The same behind it.
std::string behind_command(const CLI::App& command, const std::string& argument) {
  const std::string& name = command.get_name();
  if (!argument.starts_with('-')) {
    return fmt::format("{} takes no argument '{}' (see purgebench {} --help)", name, argument,
                       name);
  }
  const std::string flag = flag_of(argument);
  return fmt::format("{} has no flag {} (see purgebench {} --help){}", name, flag, name,
                     did_you_mean(flag, flag_names(command)));
}

// A flag that takes one value and has several. Empty: there is none.
std::string repeated(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    for (const CLI::Option* const option : command->get_options()) {
      const std::size_t times = option->results().size();
      const int most = option->get_items_expected_max();
      if (most == 0 || times <= static_cast<std::size_t>(most)) continue;
      const std::string given = times == 2 ? "twice" : fmt::format("{} times", times);
      return fmt::format("{} is given {}, and takes one value: '{}'", option->get_name(), given,
                         fmt::join(option->results(), "' or '"));
    }
  }
  return {};
}

// A command without an argument that it needs: "compare needs NEW: purgebench compare BASE NEW".
std::string missing(const CLI::App& app, std::string_view argument) {
  const auto chosen = app.get_subcommands();
  if (chosen.empty()) return fmt::format("{} is missing", argument);
  const std::string& name = chosen.front()->get_name();
  std::string usage = "purgebench " + name;
  for (const CLI::Option* const option : chosen.front()->get_options())
    if (option->get_positional()) usage += " " + option->get_name();
  return fmt::format("{} needs {}: {}", name, argument, usage);
}

// "--flag" of a complaint that begins with it, or of "Could not convert: --flag = value".
std::string flag_in(const std::string& text) {
  const std::size_t begin = text.find("--");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_first_of(" :=", begin) - begin);
}

}  // namespace

std::string unexpected(const CLI::App& app) {
  if (!app.remaining().empty()) return before_command(app, app.remaining().front());
  const auto chosen = app.get_subcommands();
  for (const CLI::App* const command : chosen) {
    if (!command->remaining().empty())
      return behind_command(*command, command->remaining().front());
  }
  if (!chosen.empty()) return {};
  return fmt::format("a command is missing: {} (see purgebench --help)",
                     fmt::join(command_names(app), ", "));
}

// The parser's own words name the flag in the middle of what a person does not need.
std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
  if (std::string text = unexpected(app); !text.empty()) return text;
  if (std::string text = repeated(app); !text.empty()) return text;
  std::string text = error.what();
  // A validator's is a sentence already; the parser puts the flag in front of it.
  if (error.get_name() == "ValidationError") return text.substr(text.find(": ") + 2);
  text.resize(std::min(text.find('\n'), text.size()));
  while (text.ends_with('.')) text.pop_back();
  if (const std::size_t end = text.find(" is required"); end != std::string::npos)
    return missing(app, text.substr(0, end));
  if (const std::size_t end = text.find(" was given a disallowed flag override");
      end != std::string::npos)
    return "--" + text.substr(0, end) + " takes no value";
  const std::string flag = flag_in(text);
  if (flag.empty()) return text;
  return text.starts_with('-') ? flag + " needs a value" : flag + " takes true or false alone";
}

}  // namespace bench
