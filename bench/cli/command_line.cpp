#include "bench/cli/command_line.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/build_info.hpp"
#include "bench/cli/child_commands.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"

namespace bench {
namespace {

constexpr const char* kDescription =
    "What purging a reloaded module costs on the BEAM: a model of it, measured\n"
    "under different allocators.";
constexpr const char* kFooter =
    "Exit codes: 0 good, 1 a failed cell, a difference or a regression, 2 bad use\n"
    "or bad input, 130 interrupted. Every command has a --help of its own.";
constexpr std::size_t kHelpColumn = 24;

// Shows a flag's value by its type alone; the parser's own adds "..." to what can be repeated.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(kHelpColumn);
    label("SUBCOMMAND", "COMMAND");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    return option->get_type_size() == 0 || type.empty() ? "" : " " + type;
  }
};

std::string version_text() {
  return fmt::format("purgebench {} (commit {}{}, {} build)", build_info::kVersion,
                     build_info::kCommit, build_info::kDirty ? " with changes" : "",
                     build_info::kBuildType);
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const each : app.get_subcommands(nullptr)) names.push_back(each->get_name());
  return names;
}

// The flag of "--flag=value".
std::string flag_of(const std::string& argument) { return argument.substr(0, argument.find('=')); }

// What the parser left over: a command that there is not, a flag or a word that the command does
// not take. Empty: nothing.
std::string unexpected(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  if (!app.remaining().empty()) {
    const std::string first = app.remaining().front();
    if (first.starts_with('-'))
      return fmt::format("there is no flag {} (see --help)", flag_of(first));
    return fmt::format("there is no command '{}' (there are {})", first,
                       fmt::join(command_names(app), ", "));
  }
  for (const CLI::App* const command : chosen) {
    if (command->remaining().empty()) continue;
    const std::string first = command->remaining().front();
    const std::string& name = command->get_name();
    if (first.starts_with('-'))
      return fmt::format("{} has no flag {} (see {} --help)", name, flag_of(first), name);
    return fmt::format("{} takes no argument '{}' (see {} --help)", name, first, name);
  }
  if (chosen.empty()) {
    return fmt::format("a command is missing: {} (see --help)",
                       fmt::join(command_names(app), ", "));
  }
  return {};
}

// The parser's own complaint, without a full stop. Of "--flag: 1 required TEXT missing" the flag is
// what a person needs.
std::string complaint(const CLI::ParseError& error) {
  std::string text = error.what();
  text.resize(std::min(text.find('\n'), text.size()));
  while (text.ends_with('.')) text.pop_back();
  const std::size_t value = text.find(" was given a disallowed flag override");
  if (value != std::string::npos) return "--" + text.substr(0, value) + " takes no value";
  const std::size_t colon = text.find(": ");
  if (text.starts_with('-') && colon != std::string::npos)
    return text.substr(0, colon) + " needs a value";
  return text;
}

void describe(CLI::App& app, Session& session) {
  app.name("purgebench");
  app.formatter(std::make_shared<HelpFormatter>());
  app.footer(kFooter);
  app.set_version_flag("--version", version_text(), "Print what this was built from");
  app.set_help_flag("-h,--help", "Print this");
  add_run_command(app, session);
  add_inspect_command(app, session);
  add_predict_command(app, session);
  add_compare_command(app, session);
  add_validate_command(app, session);
  add_micro_command(app, session);
  add_list_command(app, session);
  app.require_subcommand(0, 1);
  app.allow_extras();
  for (CLI::App* const command : app.get_subcommands(nullptr)) command->allow_extras();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  if (is_child_command(argc, argv)) return run_child_command(argc, argv);
  CLI::App app{kDescription};
  Session session{{argv, argv + argc}, false, {}};
  describe(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // help or version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    const std::string wrong = unexpected(app);
    return refuse(wrong.empty() ? complaint(error) : wrong);
  }
  const std::string wrong = session.takes_other_flags ? "" : unexpected(app);
  if (!wrong.empty()) return refuse(wrong);
  return session.work();
}

}  // namespace bench
