// Sizes in whole units: pages, carriers, heads of blocks.
#pragma once

#include <cstddef>

namespace allocators {

// The smallest multiple of `unit` that holds so many bytes; their sum does not overflow.
[[nodiscard]] constexpr std::size_t rounded_up(std::size_t bytes, std::size_t unit) noexcept {
  return (bytes + unit - 1) / unit * unit;
}

}  // namespace allocators
