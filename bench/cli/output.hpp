// What commands print: results on stdout, sentences on stderr; and the exit codes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace bench::cli {

inline constexpr int kExitGood = 0;
inline constexpr int kExitVerdict = 1;  // a failed cell, a difference, a regression
inline constexpr int kExitBadUse = 2;   // bad use or bad input; nothing was created
inline constexpr int kExitLost = 3;     // output could not be written, whatever the verdict
inline constexpr int kExitInterrupted = 130;

// All of `text`, flushed. False: it could not be written, and stderr says so. The command then ends
// with kExitLost.
[[nodiscard]] bool print(std::FILE* stream, std::string_view text);

// All of `text` on stdout, as all that a command has to say: kExitGood, or kExitLost.
[[nodiscard]] int answer(std::string_view text);

// "purgebench: <sentence>" on one line of stderr, if that can be written. Control characters do not
// reach the terminal.
void complain(std::string_view sentence);

// complain(), then kExitBadUse.
[[nodiscard]] int refuse(std::string_view sentence);

}  // namespace bench::cli
