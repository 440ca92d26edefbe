#include "engine/heap/virtual_heap.hpp"

#include <algorithm>

#include "engine/term/off_heap.hpp"

namespace beam {

std::uint64_t next_virtual_limit(std::uint64_t used, std::uint64_t limit,
                                 std::uint64_t minimum) noexcept {
  constexpr double kGrowth = 1.618;
  if (used < limit / 4) return std::max(limit / 2, minimum);
  while (used / 3 > limit / 4) {
    limit = static_cast<std::uint64_t>(static_cast<double>(limit) * kGrowth);
  }
  return std::max(limit, minimum);
}

std::uint64_t virtual_words(const Word* object) noexcept {
  return object[0] == kProcBinHeader ? object[kProcBinSize] / kWordBytes : 0;
}

std::uint64_t virtual_words(const Word* list, const Word* end) noexcept {
  std::uint64_t words = 0;
  for (; list != end; list = next_off_heap(list)) words += virtual_words(list);
  return words;
}

}  // namespace beam
