// Validation of all flags that take numbers: the grammar and the error messages are those of
// report/numbers.hpp.
#pragma once

#include <CLI/CLI.hpp>

#include "bench/report/numbers.hpp"

namespace bench::cli {

// For the help of commands with such flags.
inline constexpr const char* kNumberHelp =
    "Numbers are whole, and may end in k, M or G: 10k is 10000.";

// Makes the option take a number, or a comma-separated list, within the range. The typed text is
// rewritten as plain digits in the range's unit, so that the option may be bound to a number.
CLI::Option* takes_number(CLI::Option* option, cells::Range range);
CLI::Option* takes_numbers(CLI::Option* option, cells::Range range);

}  // namespace bench::cli
