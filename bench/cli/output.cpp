#include "bench/cli/output.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "bench/report/text_table.hpp"

namespace bench::cli {

bool print(std::FILE* stream, std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  if (written && std::fflush(stream) == 0) return true;
  complain(fmt::format("cannot write the output: {}", std::strerror(errno)));
  return false;
}

int answer(std::string_view text) { return print(stdout, text) ? kExitGood : kExitLost; }

void complain(std::string_view sentence) {
  const std::string line = fmt::format("purgebench: {}\n", report::printable(sentence));
  (void)std::fwrite(line.data(), 1, line.size(), stderr);
}

int refuse(std::string_view sentence) {
  complain(sentence);
  return kExitBadUse;
}

}  // namespace bench::cli
