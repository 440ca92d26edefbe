// The range of a flag's number.
#pragma once

#include <cstdint>
#include <limits>

namespace bench::cells {

// The unit of a flag's number without a suffix.
enum class Unit { kCount, kBytes, kMilliseconds, kSeconds };

// The numbers a flag accepts, in its own unit.
struct Range {
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  Unit unit = Unit::kCount;
};

}  // namespace bench::cells
