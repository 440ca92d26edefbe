// What is wrong with a command line, as one sentence for stderr.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace bench::cli {

// Names an unknown command, or a flag or a word that the command does not take, with the nearest
// known name. Empty: the parser consumed everything, and a command was given.
[[nodiscard]] std::string unexpected(const CLI::App& app);

// Why the parser stopped: an unexpected argument, a flag given twice, without its value or with an
// invalid one, or a missing argument.
[[nodiscard]] std::string complaint(const CLI::App& app, const CLI::ParseError& error);

}  // namespace bench::cli
