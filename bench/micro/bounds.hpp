// Bounds of loops, and whether they hold.
//
// A loop faster than its bound means that the bound is wrong. Both are the least of several times;
// the remaining difference is noise of the machine. So a bound that seems beaten is measured again,
// and only one beaten by more than 5% every time is reported.
#pragma once

#include <algorithm>
#include <cstddef>

#include "bench/cells/bandwidth.hpp"

namespace bench::micro {

// Tolerance: how much faster than its bound a loop may be.
inline constexpr double kBoundSlack = 0.05;
// Measurements of a bound before it counts as beaten.
inline constexpr int kBoundLooks = 10;

struct BoundVerdict {
  double bound_ns = 0;  // the least of all measurements
  bool beaten = false;
};

// `loop_ns`: the least time of the loop. `measure()` gives the bound's least time, in ns.
template <class Measure>
[[nodiscard]] BoundVerdict hold_to_bound(double loop_ns, Measure measure) {
  const auto is_beaten = [loop_ns](double bound_ns) {
    return loop_ns < (1 - kBoundSlack) * bound_ns;
  };
  double bound_ns = measure();
  for (int look = 1; look < kBoundLooks && is_beaten(bound_ns); ++look) {
    bound_ns = std::min(bound_ns, measure());
  }
  return {bound_ns, is_beaten(bound_ns)};
}

enum class BoundBy {
  kReading,       // every word
  kReadingLines,  // a word of every line
  kCopying,       // every word from one block to another
};

// The minimum work of a loop.
struct LeastWork {
  BoundBy bound = BoundBy::kReading;
  std::size_t bytes = 0;
};

// ns; 0 without memory to measure with.
[[nodiscard]] inline double measure_bound(LeastWork work) {
  switch (work.bound) {
    case BoundBy::kReading:
      return cells::fastest_read(work.bytes).ns;
    case BoundBy::kReadingLines:
      return cells::fastest_line_read(work.bytes).ns;
    case BoundBy::kCopying:
      return cells::fastest_copy(work.bytes).ns;
  }
  return 0;
}

}  // namespace bench::micro
