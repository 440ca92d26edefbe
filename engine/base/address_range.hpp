// A run of addresses, and the one-subtraction test for being inside it.
#pragma once

#include <cstdint>

namespace beam {

struct AddressRange {
  std::uint64_t base = 0;   // word aligned
  std::uint64_t bytes = 0;  // 0: contains nothing

  // `pointer` may carry its tag: a tag is smaller than a word, so it cannot leave the object.
  [[nodiscard]] constexpr bool contains(std::uint64_t pointer) const noexcept {
    return pointer - base < bytes;
  }
};

}  // namespace beam
