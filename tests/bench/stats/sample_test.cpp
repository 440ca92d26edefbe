#include <bit>
#include <cstddef>
#include <vector>

#include "bench/stats/sample.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using bench::stats::Sample;
using bench::stats::sample_of;

std::vector<double> one_to(int count) {
  std::vector<double> values;
  for (int i = 1; i <= count; ++i) values.push_back(i);
  return values;
}

// In how many of all equally likely cases the true median is between the values of these ranks:
// each of `count` values is below it or above it.
double covered(std::size_t low, std::size_t high, std::size_t count) {
  std::size_t covered = 0;
  for (std::size_t sides = 0; sides < (std::size_t{1} << count); ++sides) {
    const auto below = static_cast<std::size_t>(std::popcount(sides));
    covered += low < below && below <= high ? 1 : 0;
  }
  return static_cast<double>(covered) / static_cast<double>(std::size_t{1} << count);
}

}  // namespace

TEST_CASE("the level of an interval is how often it holds the true median") {
  for (std::size_t count = 1; count <= 16; ++count) {
    const Sample sample = sample_of(one_to(static_cast<int>(count)));
    const auto low = static_cast<std::size_t>(sample.low) - 1;
    const auto high = static_cast<std::size_t>(sample.high) - 1;
    INFO(count);
    CHECK(sample.level == Approx(covered(low, high, count)).margin(1e-12));
    CHECK(sample.level == bench::stats::interval_level(count));
  }
}

TEST_CASE("of six values and more the interval is the narrowest of at least 95%") {
  for (std::size_t count = 6; count <= 16; ++count) {
    const Sample sample = sample_of(one_to(static_cast<int>(count)));
    const auto low = static_cast<std::size_t>(sample.low) - 1;
    INFO(count);
    CHECK(sample.level >= 0.95);
    CHECK(sample.high == static_cast<double>(count) + 1 - sample.low);
    CHECK(covered(low + 1, count - 2 - low, count) < 0.95);
  }
  const Sample nine = sample_of(one_to(9));
  CHECK(nine.low == 2);
  CHECK(nine.high == 8);
}

TEST_CASE("of fewer than six values the interval is all of them, and its level is lower") {
  for (int count = 1; count < 6; ++count) {
    const Sample sample = sample_of(one_to(count));
    CHECK(sample.low == 1);
    CHECK(sample.high == count);
    CHECK(sample.level < 0.95);
  }
  CHECK(sample_of(one_to(3)).level == Approx(0.75));
  CHECK(sample_of({5}).level == 0);
}

TEST_CASE("the interval of very many values is narrow and its level still a chance") {
  const Sample sample = sample_of(one_to(20000));
  CHECK(sample.level >= 0.95);
  CHECK(sample.level < 0.96);
  CHECK(sample.high - sample.low < 300);
}

TEST_CASE("a level is never told as more than it is") {
  CHECK(bench::stats::format_level(bench::stats::interval_level(1)) == "0%");
  CHECK(bench::stats::format_level(bench::stats::interval_level(2)) == "50%");
  CHECK(bench::stats::format_level(bench::stats::interval_level(3)) == "75%");
  CHECK(bench::stats::format_level(bench::stats::interval_level(4)) == "87%");
  CHECK(bench::stats::format_level(bench::stats::interval_level(5)) == "93%");
  CHECK(bench::stats::format_level(bench::stats::interval_level(9)) == "96%");
}

TEST_CASE("an interval lies within the values and around the median") {
  check_property([] {
    const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(0, 1000), [](int i) { return double{1} * i; })));
    const Sample sample = sample_of(values);
    RC_ASSERT(sample.min <= sample.low);
    RC_ASSERT(sample.low <= sample.median);
    RC_ASSERT(sample.median <= sample.high);
    RC_ASSERT(sample.high <= sample.max);
  });
}

TEST_CASE("samples are apart when their intervals have nothing in common") {
  Sample low{.median = 2, .min = 1, .max = 9, .count = 9, .low = 1, .high = 3, .level = 0.9};
  Sample high{.median = 5, .min = 1, .max = 9, .count = 9, .low = 4, .high = 6, .level = 0.9};
  CHECK(low.apart_from(high));
  CHECK(high.apart_from(low));
  high.low = 3;
  CHECK_FALSE(low.apart_from(high));
}
