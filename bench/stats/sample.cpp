#include "bench/stats/sample.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "bench/stats/order_statistics.hpp"

namespace bench::stats {

namespace {

constexpr double kWantedLevel = 0.95;

// The probability that exactly `hits` of `count` values are below the true median.
double chance_of(std::size_t hits, std::size_t count) {
  const auto n = static_cast<double>(count);
  const auto k = static_cast<double>(hits);
  const double ways = std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  return std::exp(ways - n * std::log(2.0));
}

struct Interval {
  std::size_t rank = 0;  // of the low end, 0-based; the high end is symmetric
  double level = 0;
};

// The narrowest interval of at least kWantedLevel, else the widest.
Interval interval_of(std::size_t count) {
  Interval interval = {0, count == 1 ? 0 : 1 - 2 * chance_of(0, count)};
  for (std::size_t rank = 1; 2 * rank < count - 1; ++rank) {
    const double level = interval.level - 2 * chance_of(rank, count);
    if (level < kWantedLevel) break;
    interval = {rank, level};
  }
  return interval;
}

}  // namespace

Sample sample_of(std::vector<double> values) {
  const double middle = median(values);
  std::ranges::sort(values);
  const std::size_t count = values.size();
  const Interval interval = interval_of(count);
  return {.median = middle,
          .min = values.front(),
          .max = values.back(),
          .count = count,
          .low = values[interval.rank],
          .high = values[count - 1 - interval.rank],
          .level = interval.level};
}

double interval_level(std::size_t count) { return interval_of(count).level; }

std::string format_level(double level) {
  // Levels that are exact in percent must not be rounded down further.
  constexpr double kRounding = 1e-9;
  return fmt::format("{:.0f}%", std::floor(100 * level + kRounding));
}

}  // namespace bench::stats
