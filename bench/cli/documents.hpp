// Generated from the definitions of the command line: a man page, and completions for bash and zsh.
// Pure functions; no command is named here.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace bench::cli {

// purgebench(1), in the macros of man(7).
[[nodiscard]] std::string manual_page(const CLI::App& app, std::string_view version);

// The words that a flag takes, by its name with dashes; empty if unknown.
using WordsOf = std::function<std::vector<std::string>(std::string_view flag)>;

// Scripts for these shells. They complete commands, flags, words and, where a flag or a command
// takes FILE, PATH, DIR or an argument, file names.
[[nodiscard]] std::string bash_completion(const CLI::App& app, const WordsOf& words);
[[nodiscard]] std::string zsh_completion(const CLI::App& app, const WordsOf& words);

}  // namespace bench::cli
