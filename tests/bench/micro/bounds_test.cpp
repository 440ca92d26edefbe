// When a bound of the tight loops counts as beaten.
#include <vector>

#include "bench/micro/bounds.hpp"
#include "tests/support/catch.hpp"

namespace {

// Measures what it is told, in this order, and then the last for ever.
class Measured {
 public:
  explicit Measured(std::vector<double> times) : times_(std::move(times)) {}

  double operator()() {
    const double ns = times_[std::min(looks_, times_.size() - 1)];
    ++looks_;
    return ns;
  }
  [[nodiscard]] std::size_t looks() const { return looks_; }

 private:
  std::vector<double> times_;
  std::size_t looks_ = 0;
};

bench::micro::BoundVerdict hold(double loop_ns, Measured& measured) {
  return bench::micro::hold_to_bound(loop_ns, [&measured] { return measured(); });
}

}  // namespace

TEST_CASE("a loop that takes as long as its bound, or longer, is looked at once") {
  for (const double loop_ns : {100.0, 101.0, 5000.0}) {
    Measured measured({100});
    const auto verdict = hold(loop_ns, measured);
    CHECK_FALSE(verdict.beaten);
    CHECK(verdict.bound_ns == 100);
    CHECK(measured.looks() == 1);
  }
}

TEST_CASE("up to 5% below the bound is the measurement's") {
  Measured measured({100});
  CHECK_FALSE(hold(95.0, measured).beaten);
  CHECK(hold(94.9, measured).beaten);
}

TEST_CASE("a bound is beaten only if ten measurements say so") {
  Measured always({100});
  CHECK(hold(90, always).beaten);
  CHECK(always.looks() == 10);

  Measured at_last({100, 100, 100, 100, 100, 100, 100, 100, 100, 94});
  CHECK_FALSE(hold(90, at_last).beaten);
  CHECK(at_last.looks() == 10);
}

TEST_CASE("a bound is the least of its measurements, and no more are made than needed") {
  Measured measured({120, 110, 130, 80, 70});
  const auto verdict = hold(90, measured);
  CHECK_FALSE(verdict.beaten);
  CHECK(verdict.bound_ns == 80);
  CHECK(measured.looks() == 4);

  Measured slower{{100, 130, 120}};
  CHECK(hold(50, slower).bound_ns == 100);
}

TEST_CASE("the bounds of work that there is are measured") {
  for (const auto bound : {bench::micro::BoundBy::kReading, bench::micro::BoundBy::kReadingLines,
                           bench::micro::BoundBy::kCopying}) {
    CHECK(bench::micro::measure_bound({bound, 4096}) > 0);
    CHECK(bench::micro::measure_bound({bound, 0}) == 0);
  }
}
