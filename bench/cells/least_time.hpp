// The least time of a piece of work, for use as a bound.
//
// Disturbances only make a run longer, so the least of several is closest to the cost of the work
// itself.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "bench/cells/clock.hpp"

namespace bench::cells {

// Long enough that reading the clock does not matter.
inline constexpr std::uint64_t kMinSampleNs = 100'000;

// The least ns per call of `run` over `samples` samples, by the clock `now()`. A sample repeats the
// call.
template <class Run, class Now = std::uint64_t (*)() noexcept>
[[nodiscard]] double least_ns(unsigned samples, Run run, Now now = wall_ns) noexcept {
  double least = std::numeric_limits<double>::infinity();
  std::uint64_t repeats = 1;
  while (samples > 0) {
    const std::uint64_t start = now();
    for (std::uint64_t i = 0; i < repeats; ++i) run();
    const std::uint64_t spent = now() - start;
    if (spent < kMinSampleNs) {
      repeats *= 4;
      continue;
    }
    least = std::min(least, static_cast<double>(spent) / static_cast<double>(repeats));
    --samples;
  }
  return least;
}

// Keeps the compiler from dropping a computation or from assuming what memory holds.
template <class T>
void keep(const T& value) noexcept {
  asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace bench::cells
