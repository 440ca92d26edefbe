// Order statistics: medians and percentiles.
//
// There are three medians, named as in Python's `statistics`. They differ only for an even number
// of values, in the use of the middle two:
//
//   name         is            figures
//   median_low   the lower     medians of gc_copy; pause_p50_ns and bystander_pause_p50_ns, since
//                              the 50th percentile of nearest rank is the same
//   median_high  the upper     purge_ns, cpu_ns, scan_ns, gc_ns, copy_ns, release_ns and
//                              minor_faults of a row, over the rounds of a cell
//   median       their mean    medians over invocations: tables, words, compare
//
// The first two are one of the values and need no memory, so a cell may compute them between its
// readings.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace bench::stats {

// The value at index `place` of the sorted values. Reorders `values`.
template <class T>
[[nodiscard]] T value_at(std::span<T> values, std::size_t place) noexcept {
  assert(place < values.size());
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

// In all of these `values` is not empty and is reordered.
template <class T>
[[nodiscard]] T median_low(std::span<T> values) noexcept {
  return value_at(values, (values.size() - 1) / 2);
}

template <class T>
[[nodiscard]] T median_high(std::span<T> values) noexcept {
  return value_at(values, values.size() / 2);
}

[[nodiscard]] inline double median(std::span<double> values) noexcept {
  return (median_low(values) + median_high(values)) / 2;
}

// The value of nearest rank (the ceiling of percent / 100 x count, 1-based) of `sorted`, which is
// in ascending order. 0 if empty.
[[nodiscard]] inline std::uint64_t nearest_rank(std::span<const std::uint64_t> sorted,
                                                unsigned percent) noexcept {
  if (sorted.empty()) return 0;
  const std::size_t rank = (sorted.size() * percent + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace bench::stats
