// What a flag's number may be.
#pragma once

#include <cstdint>
#include <limits>

namespace bench::cells {

// What a flag counts when its number is bare.
enum class Unit { kCount, kBytes, kMilliseconds, kSeconds };

// The numbers that a flag takes, in its own unit.
struct Range {
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  Unit unit = Unit::kCount;
};

}  // namespace bench::cells
