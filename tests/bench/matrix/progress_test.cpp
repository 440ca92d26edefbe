#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/matrix/progress.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::matrix::Estimate;
using bench::matrix::progress_text;
using Seconds = Estimate::Duration;

// What a line of progress writes while a clock, which stands still otherwise, moves on.
class Watched {
 public:
  explicit Watched(bool terminal) : line_(stream_, terminal, [this] { return now_; }) {}
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() {
    std::fclose(stream_);
    std::free(text_);
  }

  void pass(int seconds) { now_ += std::chrono::seconds(seconds); }
  // What the drawing of this wrote.
  std::string draw(std::size_t done, const std::string& name = "purge/x") {
    line_.draw(done, 9, Seconds(64.2), name);
    return taken();
  }
  std::string clear() {
    line_.clear();
    return taken();
  }

 private:
  std::string taken() {
    std::string fresh(text_ + seen_, size_ - seen_);
    seen_ = size_;
    return fresh;
  }

  bench::matrix::LogPace::Time now_{};
  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::size_t seen_ = 0;
  std::FILE* stream_ = open_memstream(&text_, &size_);
  bench::matrix::ProgressLine line_;
};

TEST_CASE("nothing is known before a cell has run") {
  Estimate estimate;
  estimate.expect("a");
  CHECK(estimate.left() == Seconds(0));
}

TEST_CASE("cells that did not run yet take as long as the others did on average") {
  Estimate estimate;
  for (const char* const name : {"a", "b", "c", "d"}) estimate.expect(name);
  estimate.took("a", Seconds(1));
  estimate.took("b", Seconds(3));
  CHECK(estimate.left().count() == Approx(4));
}

TEST_CASE("a cell that ran takes as long as it did the last time") {
  Estimate estimate;
  for (int i = 0; i < 3; ++i) {
    estimate.expect("short");
    estimate.expect("long");
  }
  estimate.took("short", Seconds(1));
  estimate.took("long", Seconds(10));
  CHECK(estimate.left().count() == Approx(22));
  estimate.took("short", Seconds(2));
  CHECK(estimate.left().count() == Approx(22));
}

TEST_CASE("nothing is left when everything has run") {
  Estimate estimate;
  for (const char* const name : {"a", "b"}) estimate.expect(name);
  for (const char* const name : {"a", "b"}) estimate.took(name, Seconds(2));
  CHECK(estimate.left().count() == Approx(0));
}

TEST_CASE("the line counts, says what is left, and names the cell") {
  CHECK(progress_text(0, 9, Seconds(0), "purge/x", 80) == "0/9  purge/x");
  CHECK(progress_text(3, 9, Seconds(64.2), "purge/x", 80) == "3/9  1:05 left  purge/x");
}

TEST_CASE("the line is never wider than the terminal") {
  CHECK(progress_text(3, 9, Seconds(64), std::string(200, 'x'), 40).size() == 40);
}

TEST_CASE("a log has no line of a run that is over soon") {
  Watched log(false);
  CHECK(log.draw(0).empty());
  log.pass(9);
  CHECK(log.draw(3).empty());
  CHECK(log.clear().empty());
}

TEST_CASE("a log has a whole line when ten seconds have passed, and not again at once") {
  Watched log(false);
  log.pass(10);
  CHECK(log.draw(3) == "3/9  1:05 left  purge/x\n");
  CHECK(log.draw(4).empty());
  log.pass(9);
  CHECK(log.draw(5).empty());
  log.pass(1);
  CHECK(log.draw(6) == "6/9  1:05 left  purge/x\n");
  CHECK(log.clear().empty());
}

TEST_CASE("a line of a log is not cut to a terminal's width") {
  Watched log(false);
  log.pass(10);
  CHECK(log.draw(3, std::string(400, 'x')).find(std::string(400, 'x') + "\n") != std::string::npos);
}

TEST_CASE("the lines of a log become rarer, down to one a minute") {
  bench::matrix::LogPace pace{{}};
  std::vector<int> at;
  for (int second = 0; second <= 600; ++second) {
    if (pace.due(bench::matrix::LogPace::Time(std::chrono::seconds(second)))) at.push_back(second);
  }
  REQUIRE(at.size() > 3);
  CHECK(at.front() == 10);
  for (std::size_t i = 1; i < at.size(); ++i) {
    INFO(at[i]);
    CHECK(at[i] - at[i - 1] == std::clamp((at[i] + 3) / 4, 10, 60));
  }
}

TEST_CASE("a terminal has every line in the place of the one before, and none in the end") {
  Watched terminal(true);
  CHECK(terminal.draw(0) == "\r\x1b[K0/9  purge/x");
  CHECK(terminal.draw(1) == "\r\x1b[K1/9  1:05 left  purge/x");
  CHECK(terminal.clear() == "\r\x1b[K");
  CHECK(terminal.clear().empty());
}

}  // namespace
