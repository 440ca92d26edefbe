#include "bench/matrix/progress.hpp"

#include <algorithm>
#include <cmath>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "bench/report/terminal.hpp"
#include "bench/report/text_table.hpp"

namespace bench::matrix {

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
  return report::shorten(report::printable(fmt::format("{}/{}{}  {}", done, total, time, name)),
                         width);
}

bool LogPace::due(Time now) {
  const auto wait = std::clamp<Time::duration>((now - start_) / 4, kLeast, kMost);
  if (now - last_ < wait) return false;
  last_ = now;
  return true;
}

ProgressLine::ProgressLine()
    : ProgressLine(stderr, ::isatty(STDERR_FILENO) == 1, std::chrono::steady_clock::now) {}

ProgressLine::ProgressLine(std::FILE* stream, bool terminal, Now now)
    : stream_(stream), terminal_(terminal), now_(std::move(now)), pace_(now_()) {}

void ProgressLine::draw(std::size_t done, std::size_t total, Estimate::Duration left,
                        const std::string& name) {
  if (!terminal_) {
    // A log has no width, and names must be complete to find their rows.
    constexpr std::size_t kAnyWidth = 4096;
    if (pace_.due(now_())) write(progress_text(done, total, left, name, kAnyWidth) + "\n");
    return;
  }
  // One column less than the width, so that no terminal wraps.
  const std::size_t width = report::terminal_width(::fileno(stream_)) - 1;
  write("\r\x1b[K" + progress_text(done, total, left, name, width));
  drawn_ = true;
}

void ProgressLine::clear() {
  if (!drawn_) return;
  write("\r\x1b[K");
  drawn_ = false;
}

void ProgressLine::write(const std::string& text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stream_));
  static_cast<void>(std::fflush(stream_));
}

}  // namespace bench::matrix
