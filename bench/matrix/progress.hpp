// What says how far a run is: a line that is drawn anew on a terminal, or a line now and then in a
// log.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace bench::matrix {

// How long the rest will take: a cell that ran already takes as long again, one that did not as
// long as those that ran did on average.
class Estimate {
 public:
  using Duration = std::chrono::duration<double>;

  // One more run of this cell is to come.
  void expect(const std::string& name);
  // One that was expected took so long.
  void took(const std::string& name, Duration duration);
  [[nodiscard]] Duration left() const;

 private:
  struct Cell {
    std::size_t to_come = 0;
    std::optional<Duration> last;
  };

  std::map<std::string, Cell> cells_;
  Duration known_left_{0};        // of cells that ran already
  std::size_t unknown_left_ = 0;  // runs of cells that did not
  Duration sum_{0};
  std::size_t count_ = 0;
};

// "12/27  1:05 left  purge/otp/..." in at most `width` columns. No time before anything ran.
[[nodiscard]] std::string progress_text(std::size_t done, std::size_t total,
                                        Estimate::Duration left, const std::string& name,
                                        std::size_t width);

// When a log is due for a line: the first kLeast after the start, then whenever a quarter of the
// time so far has passed since the last one, but within kMost, so that whoever waits for output
// (people, and jobs that are killed when they are silent) waits no longer, and long runs do not
// fill the log.
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

// On a terminal each line takes the place of the one before; elsewhere lines are written at
// LogPace. A stream that takes nothing is no failure.
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
