// Output of commands (results on stdout, sentences on stderr), and exit codes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace bench::cli {

inline constexpr int kExitGood = 0;
inline constexpr int kExitVerdict = 1;  // a failed cell, a difference, a regression
inline constexpr int kExitBadUse = 2;   // bad use or bad input; nothing was created
inline constexpr int kExitLost = 3;     // output could not be written; overrides the verdict
inline constexpr int kExitInterrupted = 130;

// Writes and flushes `text`. False: it could not be written, and stderr says so; the command must
// then exit with kExitLost.
[[nodiscard]] bool print(std::FILE* stream, std::string_view text);

// Prints a command's whole output to stdout. Returns kExitGood or kExitLost.
[[nodiscard]] int answer(std::string_view text);

// "purgebench: <sentence>" on one line of stderr, if possible. Control characters are replaced.
void complain(std::string_view sentence);

// complain(), then kExitBadUse.
[[nodiscard]] int refuse(std::string_view sentence);

}  // namespace bench::cli
