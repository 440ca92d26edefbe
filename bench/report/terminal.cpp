#include "bench/report/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <sys/ioctl.h>

#include "bench/report/numbers.hpp"

namespace bench::report {

std::size_t terminal_width(int fd) {
  constexpr std::size_t kNarrowest = 40;
  constexpr std::size_t kWidest = 400;
  std::size_t columns = 0;
  winsize size = {};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  if (columns == 0) {
    const char* variable = std::getenv("COLUMNS");
    if (variable != nullptr) columns = parse_digits(variable).value_or(0);
  }
  if (columns == 0) return kDefaultTerminalWidth;
  return std::clamp(columns, kNarrowest, kWidest);
}

}  // namespace bench::report
