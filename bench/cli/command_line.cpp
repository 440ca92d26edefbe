#include "bench/cli/command_line.hpp"

#include <sstream>
#include <string>

#include <fmt/format.h>

#include "bench/build_info.hpp"
#include "bench/cli/child_commands.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/complaints.hpp"
#include "bench/cli/help.hpp"
#include "bench/cli/output.hpp"

namespace bench::cli {
namespace {

constexpr const char* kDescription =
    "What purging a reloaded module costs on the BEAM: a model of it, measured\n"
    "under different allocators.";
constexpr const char* kFooter =
    "Where to begin:\n"
    "  purgebench run                  a first matrix, in about a minute\n"
    "  purgebench predict FILE.beam    what reloading your module will do\n"
    "  purgebench list                 what can be measured on this machine\n"
    "\n"
    "Exit codes: 0 good, 1 a failed cell, a difference or a regression, 2 bad use\n"
    "or bad input, 3 output that could not be written, 130 interrupted. Every command\n"
    "has a --help of its own.";

std::string version_text() {
  return fmt::format("purgebench {} (commit {}{}, {} build)", build_info::kVersion,
                     build_info::kCommit, build_info::kDirty ? " with changes" : "",
                     build_info::kBuildType);
}

// The requested text: help or version.
std::string text_of(const CLI::App& app, const CLI::Success& asked) {
  std::ostringstream text;
  (void)app.exit(asked, text, text);
  return text.str();
}

void describe(CLI::App& app, Session& session) {
  app.name("purgebench");
  describe_help(app);
  app.footer(kFooter);
  app.set_version_flag("-V,--version", version_text(), "Print what this was built from");
  add_run_command(app, session);
  add_inspect_command(app, session);
  add_predict_command(app, session);
  add_compare_command(app, session);
  add_show_command(app, session);
  add_validate_command(app, session);
  add_micro_command(app, session);
  add_list_command(app, session);
  add_help_command(app, session);
  app.require_subcommand(0, 1);
  app.allow_extras();
  for (CLI::App* const command : app.get_subcommands(nullptr)) {
    command->allow_extras();
    command->group("Commands");
  }
}

}  // namespace

int run_command_line(int argc, char** argv) {
  if (is_child_command(argc, argv)) return run_child_command(argc, argv);
  CLI::App app{kDescription};
  Session session{{argv, argv + argc}, false, {}};
  describe(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return answer(text_of(app, asked));
  } catch (const CLI::ParseError& error) {
    return refuse(complaint(app, error));
  }
  const std::string wrong = session.takes_other_flags ? "" : unexpected(app);
  if (!wrong.empty()) return refuse(wrong);
  return session.work();
}

}  // namespace bench::cli
