// What several measurements say of one quantity: their median, and between which two of them it is.
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
  // The interval of the median: from `low` to `high` is what would be the median of endless
  // measurements, in at least `level` of all cases.
  double low = 0;
  double high = 0;
  double level = 0;

  // Whether the intervals of the two medians have nothing in common.
  [[nodiscard]] bool apart_from(const Sample& other) const {
    return high < other.low || other.high < low;
  }
};

// `values` is not empty. The median is that of order_statistics.hpp with the mean of the middle
// two.
//
// The interval supposes no distribution (order statistics): n values are all above the true median
// with the chance 2^-n, and the k-th least and the k-th greatest enclose it with a chance that is
// binomial. Of six values and more it is the narrowest of at least 95%; of fewer there is none, and
// it is from the least to the greatest: 93% of five, 87% of four, 75% of three, 50% of two, 0 of
// one.
[[nodiscard]] Sample sample_of(std::vector<double> values);

// The level of the interval that sample_of makes of so many values, at least 1.
[[nodiscard]] double interval_level(std::size_t count);

// "75%", rounded down, so that no interval is called better than it is.
[[nodiscard]] std::string format_level(double level);

}  // namespace bench::stats
