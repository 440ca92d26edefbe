// How help reads, and the command that prints it.
#pragma once

#include <CLI/CLI.hpp>

#include "bench/cli/commands.hpp"

namespace bench::cli {

// Lays the help of `app` out; its commands, added afterwards, inherit it.
void describe_help(CLI::App& app);

// help [COMMAND]: what `purgebench --help` or `purgebench COMMAND --help` prints. `app` outlives
// the session's work.
void add_help_command(CLI::App& app, Session& session);

}  // namespace bench::cli
