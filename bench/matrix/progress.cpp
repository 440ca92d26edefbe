#include "bench/matrix/progress.hpp"

#include <cmath>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/report/terminal.hpp"
#include "bench/report/text_table.hpp"

namespace bench {

void Estimate::expect(const std::string& name) {
  Cell& cell = cells_[name];
  ++cell.to_come;
  if (cell.last) {
    known_left_ += *cell.last;
  } else {
    ++unknown_left_;
  }
}

void Estimate::took(const std::string& name, Duration duration) {
  Cell& cell = cells_[name];
  if (cell.last) {
    known_left_ -= *cell.last * static_cast<double>(cell.to_come);
  } else {
    unknown_left_ -= cell.to_come;
  }
  --cell.to_come;
  cell.last = duration;
  known_left_ += duration * static_cast<double>(cell.to_come);
  sum_ += duration;
  ++count_;
}

Estimate::Duration Estimate::left() const {
  if (count_ == 0) return Duration(0);
  return known_left_ + sum_ / static_cast<double>(count_) * static_cast<double>(unknown_left_);
}

std::string progress_text(std::size_t done, std::size_t total, Estimate::Duration left,
                          const std::string& name, std::size_t width) {
  const auto seconds = static_cast<std::uint64_t>(std::ceil(left.count()));
  const std::string time =
      done == 0 ? "" : fmt::format("  {}:{:02} left", seconds / 60, seconds % 60);
  return shorten(printable(fmt::format("{}/{}{}  {}", done, total, time, name)), width);
}

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::draw(std::size_t done, std::size_t total, Estimate::Duration left,
                        const std::string& name) {
  if (!terminal_) return;
  // One column less than there is, so that no terminal wraps.
  const std::size_t width = terminal_width(STDERR_FILENO) - 1;
  const std::string text = progress_text(done, total, left, name, width);
  fmt::print(stderr, "\r\x1b[K{}", text);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressLine::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace bench
