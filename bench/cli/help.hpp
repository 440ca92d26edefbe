// The layout of help, and the command that prints it.
#pragma once

#include <CLI/CLI.hpp>

#include "bench/cli/commands.hpp"

namespace bench::cli {

// Sets the help layout of `app`; commands added later inherit it.
void describe_help(CLI::App& app);

// help [COMMAND]: what `purgebench --help` or `purgebench COMMAND --help` prints. `app` must
// outlive the session's work.
void add_help_command(CLI::App& app, Session& session);

}  // namespace bench::cli
