// A summary of several measurements of a quantity: their median and its confidence interval.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench::stats {

struct Sample {
  double median = 0;
  double min = 0;
  double max = 0;
  std::size_t count = 0;
  // The confidence interval: `low` to `high` contains the true median with a probability of at
  // least `level`.
  double low = 0;
  double high = 0;
  double level = 0;

  // Whether the two intervals do not overlap.
  [[nodiscard]] bool apart_from(const Sample& other) const {
    return high < other.low || other.high < low;
  }
};

// `values` is not empty. The median is the mean of the middle two (order_statistics.hpp).
//
// The interval assumes no distribution: n values are all above the true median with probability
// 2^-n, and the probability that the k-th least and the k-th greatest enclose it is binomial. With
// six values or more it is the narrowest of at least 95%; with fewer that is impossible, and it is
// from the least to the greatest: 93% of five, 87% of four, 75% of three, 50% of two, 0 of one.
[[nodiscard]] Sample sample_of(std::vector<double> values);

// The level of the interval of sample_of for `count` values, at least 1.
[[nodiscard]] double interval_level(std::size_t count);

// "75%", rounded down, so that the level is never overstated.
[[nodiscard]] std::string format_level(double level);

}  // namespace bench::stats
