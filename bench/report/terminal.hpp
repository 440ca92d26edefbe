// The width of the terminal behind a descriptor.
#pragma once

#include <cstddef>

namespace bench::report {

inline constexpr std::size_t kDefaultTerminalWidth = 80;

// The terminal's own answer, else the variable COLUMNS, else kDefaultTerminalWidth; between 40 and
// 400.
[[nodiscard]] std::size_t terminal_width(int fd);

}  // namespace bench::report
