#include <algorithm>
#include <vector>

#include "bench/stats/order_statistics.hpp"
#include "bench/stats/sample.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using Samples = std::vector<std::uint64_t>;

// 10, 20, 30 .. `count` values.
Samples tens(std::size_t count) {
  Samples samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = 10 * (i + 1);
  return samples;
}

std::uint64_t low(Samples values) { return bench::stats::median_low(std::span(values)); }
std::uint64_t high(Samples values) { return bench::stats::median_high(std::span(values)); }
double mean(std::vector<double> values) { return bench::stats::median(values); }

// Whether at most half of `values` are below `value`, and at most half above.
template <class T>
bool halves(const std::vector<T>& values, T value) {
  const auto below = std::ranges::count_if(values, [&](T v) { return v < value; });
  const auto above = std::ranges::count_if(values, [&](T v) { return v > value; });
  const auto count = static_cast<std::ptrdiff_t>(values.size());
  return 2 * below <= count && 2 * above <= count;
}

}  // namespace

TEST_CASE("the medians of an even number are the lower, the upper, and their mean") {
  CHECK(low({40, 10, 30, 20}) == 20);
  CHECK(high({40, 10, 30, 20}) == 30);
  CHECK(mean({40, 10, 30, 20}) == 25);
  CHECK(low({7, 3}) == 3);
  CHECK(high({7, 3}) == 7);
  CHECK(mean({7, 3}) == 5);
}

TEST_CASE("the three medians of an odd number are one") {
  check_property([](Samples values) {
    RC_PRE(values.size() % 2 == 1);
    RC_ASSERT(low(values) == high(values));
  });
  CHECK(mean({3, 1, 2}) == 2);
  CHECK(low({5}) == 5);
  CHECK(high({5}) == 5);
  CHECK(mean({5}) == 5);
}

TEST_CASE("a median has at most half of the values on either side") {
  check_property([](Samples values) {
    RC_PRE(!values.empty());
    RC_ASSERT(halves(values, low(values)));
    RC_ASSERT(halves(values, high(values)));
    RC_ASSERT(std::ranges::count(values, low(values)) > 0);
    RC_ASSERT(std::ranges::count(values, high(values)) > 0);
    RC_ASSERT(low(values) <= high(values));
  });
}

TEST_CASE("the mean of the middle two has at most half of the values on either side") {
  check_property([] {
    const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-1000, 1000), [](int i) { return double{1} * i; })));
    RC_ASSERT(halves(values, mean(values)));
    RC_ASSERT(bench::stats::sample_of(values).median == mean(values));
  });
}

TEST_CASE("a median does not depend on the order of the values") {
  check_property([](Samples values) {
    RC_PRE(!values.empty());
    Samples sorted = values;
    std::ranges::sort(sorted);
    RC_ASSERT(low(values) == low(sorted));
    RC_ASSERT(high(values) == high(sorted));
  });
}

TEST_CASE("the 50th percentile is the lower median") {
  check_property([](Samples values) {
    RC_PRE(!values.empty());
    std::ranges::sort(values);
    RC_ASSERT(bench::stats::nearest_rank(values, 50) == low(values));
  });
}

TEST_CASE("percentiles do not fall, and the 100th is the greatest value") {
  check_property([](Samples values) {
    RC_PRE(!values.empty());
    std::ranges::sort(values);
    for (unsigned percent = 1; percent < 100; ++percent)
      RC_ASSERT(bench::stats::nearest_rank(values, percent) <=
                bench::stats::nearest_rank(values, percent + 1));
    RC_ASSERT(bench::stats::nearest_rank(values, 100) == values.back());
  });
}

TEST_CASE("a percentile is the sample of nearest rank") {
  const Samples five = tens(5);
  CHECK(bench::stats::nearest_rank(five, 20) == 10);
  CHECK(bench::stats::nearest_rank(five, 21) == 20);
  CHECK(bench::stats::nearest_rank(five, 40) == 20);
  CHECK(bench::stats::nearest_rank(five, 50) == 30);
  CHECK(bench::stats::nearest_rank(five, 99) == 50);
  CHECK(bench::stats::nearest_rank(five, 100) == 50);
  const Samples many = tens(200);
  CHECK(bench::stats::nearest_rank(many, 50) == 1000);
  CHECK(bench::stats::nearest_rank(many, 99) == 1980);
}

TEST_CASE("a percentile of one sample is that sample, and of none it is 0") {
  CHECK(bench::stats::nearest_rank(tens(1), 1) == 10);
  CHECK(bench::stats::nearest_rank(tens(1), 99) == 10);
  CHECK(bench::stats::nearest_rank(tens(1), 100) == 10);
  CHECK(bench::stats::nearest_rank({}, 50) == 0);
}

TEST_CASE("a percentile is the least sample that so many percent do not exceed") {
  check_property([](Samples samples) {
    RC_PRE(!samples.empty());
    std::ranges::sort(samples);
    const auto percent = *rc::gen::inRange<unsigned>(1, 101);
    const std::uint64_t value = bench::stats::nearest_rank(samples, percent);
    const auto up_to = static_cast<std::size_t>(
        std::ranges::count_if(samples, [&](std::uint64_t s) { return s <= value; }));
    const auto below = static_cast<std::size_t>(
        std::ranges::count_if(samples, [&](std::uint64_t s) { return s < value; }));
    RC_ASSERT(up_to * 100 >= samples.size() * percent);
    RC_ASSERT(below * 100 < samples.size() * percent);
  });
}
