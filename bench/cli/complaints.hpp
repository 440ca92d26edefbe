// What is wrong with a command line, as one sentence for stderr.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace bench::cli {

// What the parser left over: a command that there is not, a flag or a word that the command does
// not take, each with the known name that is nearest to it. Empty: nothing is left over, and a
// command was given.
[[nodiscard]] std::string unexpected(const CLI::App& app);

// Why the parser stopped: what is left over, a flag given twice, without its value, or with one
// that it does not take, or an argument that is missing.
[[nodiscard]] std::string complaint(const CLI::App& app, const CLI::ParseError& error);

}  // namespace bench::cli
