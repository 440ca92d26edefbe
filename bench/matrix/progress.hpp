// Progress of a run: a line that is redrawn on a terminal, or an occasional line in a log.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace bench::matrix {

// Estimates the remaining time: a cell that ran before takes as long again, any other the average
// of those that ran.
class Estimate {
 public:
  using Duration = std::chrono::duration<double>;

  // Expects one more run of this cell.
  void expect(const std::string& name);
  // An expected run took this long.
  void took(const std::string& name, Duration duration);
  [[nodiscard]] Duration left() const;

 private:
  struct Cell {
    std::size_t to_come = 0;
    std::optional<Duration> last;
  };

  std::map<std::string, Cell> cells_;
  Duration known_left_{0};        // of cells that have run
  std::size_t unknown_left_ = 0;  // runs of cells that have not
  Duration sum_{0};
  std::size_t count_ = 0;
};

// "12/27  1:05 left  purge/otp/..." in at most `width` columns. Without a time before the first
// cell has run.
[[nodiscard]] std::string progress_text(std::size_t done, std::size_t total,
                                        Estimate::Duration left, const std::string& name,
                                        std::size_t width);

// When a log gets a line: first kLeast after the start, then after a quarter of the elapsed time
// since the last line, at most kMost. So jobs that are killed when silent get output in time, and
// long runs do not fill the log.
class LogPace {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kLeast{10};
  static constexpr std::chrono::seconds kMost{60};

  explicit LogPace(Time start) : start_(start), last_(start) {}

  // True: a line is due, and counts as written now.
  [[nodiscard]] bool due(Time now);

 private:
  Time start_;
  Time last_;
};

// On a terminal each line replaces the previous one; elsewhere lines are written at LogPace. Write
// errors are ignored.
class ProgressLine {
 public:
  using Now = std::function<LogPace::Time()>;

  // On stderr.
  ProgressLine();
  ProgressLine(std::FILE* stream, bool terminal, Now now);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void draw(std::size_t done, std::size_t total, Estimate::Duration left, const std::string& name);
  // Leaves a terminal's cursor on an empty line.
  void clear();

 private:
  void write(const std::string& text);

  std::FILE* stream_;
  bool terminal_;
  Now now_;
  LogPace pace_;
  bool drawn_ = false;
};

}  // namespace bench::matrix
