#include <algorithm>
#include <vector>

#include "bench/report/scenarios.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using bench::Sample;
using bench::sample_of;

std::vector<double> one_to(int count) {
  std::vector<double> values;
  for (int i = 1; i <= count; ++i) values.push_back(i);
  return values;
}

}  // namespace

TEST_CASE("the interval of a median is that of its exact bootstrap") {
  // Ranks at which the binomial distribution passes 2.5% and 97.5%.
  const Sample seven = sample_of(one_to(7));
  CHECK(seven.median == 4);
  CHECK(seven.low == 2);
  CHECK(seven.high == 6);
  const Sample fifteen = sample_of(one_to(15));
  CHECK(fifteen.low == 4);
  CHECK(fifteen.high == 12);
}

TEST_CASE("of up to six values the interval of the median is all of them") {
  for (int count = 1; count <= 6; ++count) {
    const Sample sample = sample_of(one_to(count));
    CHECK(sample.low == 1);
    CHECK(sample.high == count);
  }
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
  Sample low{.median = 2, .min = 1, .max = 9, .count = 9, .low = 1, .high = 3};
  Sample high{.median = 5, .min = 1, .max = 9, .count = 9, .low = 4, .high = 6};
  CHECK(low.apart_from(high));
  CHECK(high.apart_from(low));
  high.low = 3;
  CHECK_FALSE(low.apart_from(high));
}
