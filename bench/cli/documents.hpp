// Documents of the command line for other programs, made from its own definitions: a page for man,
// and completions for bash and zsh. Pure functions, which know no command by name.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace bench::cli {

// purgebench(1), in the macros of man(7).
[[nodiscard]] std::string manual_page(const CLI::App& app, std::string_view version);

// The words that a flag takes, by its name with dashes; empty: others, or none that are known.
using WordsOf = std::function<std::vector<std::string>(std::string_view flag)>;

// Scripts that those shells load. They offer commands, flags, words and, where a flag or a command
// takes FILE, PATH, DIR or an argument, the names of files.
[[nodiscard]] std::string bash_completion(const CLI::App& app, const WordsOf& words);
[[nodiscard]] std::string zsh_completion(const CLI::App& app, const WordsOf& words);

}  // namespace bench::cli
