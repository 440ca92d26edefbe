// The line on a terminal that says how far a run is.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace bench {

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

// Draws on stderr if that is a terminal, else does nothing.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void draw(std::size_t done, std::size_t total, Estimate::Duration left, const std::string& name);
  // Leaves the cursor on an empty line.
  void clear();

 private:
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace bench
