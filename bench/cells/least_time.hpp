// The least time that something takes: what a bound is made of.
//
// Whatever else the machine does makes a run longer and none shorter, so the least of several is
// nearest to what the work itself takes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "bench/cells/clock.hpp"

namespace bench::cells {

// A sample is at least so long that reading the clock is lost in it.
inline constexpr std::uint64_t kMinSampleNs = 100'000;

// The least ns of one call of `run`, of `samples` samples, by the clock `now()`. Calls are repeated
// within a sample.
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
