// What the parser asks of flags that take numbers, of all commands: the grammar of
// report/numbers.hpp, which also has the sentence for a value that is refused.
#pragma once

#include <CLI/CLI.hpp>

#include "bench/report/numbers.hpp"

namespace bench::cli {

// For the help of commands with such flags.
inline constexpr const char* kNumberHelp =
    "Numbers are whole, and may end in k, M or G: 10k is 10000.";

// Makes the option take one number, or a list of them by comma, within the range. What was typed is
// rewritten in plain digits of the range's unit, so that the option may be bound to a number.
CLI::Option* takes_number(CLI::Option* option, cells::Range range);
CLI::Option* takes_numbers(CLI::Option* option, cells::Range range);

}  // namespace bench::cli
