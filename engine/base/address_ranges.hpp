// A few runs of addresses that are asked together, such as the areas that one purge releases.
//
//   | area 1 |        | area 2 |   | area 3 |
//   '------------------ hull --------------'
//
// One range is its own hull, and costs no more than by itself; with several, what is inside the
// hull is looked up among them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "engine/base/address_range.hpp"

namespace beam {

class AddressRanges {
 public:
  constexpr AddressRanges() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): one range is a set of one.
  constexpr AddressRanges(AddressRange only) noexcept : hull_(only) {}
  // `ranges` outlives this. Empty ranges are allowed, and none at all.
  explicit constexpr AddressRanges(std::span<const AddressRange> ranges) noexcept {
    std::uint64_t end = 0;
    hull_.base = ~std::uint64_t{0};
    for (const AddressRange range : ranges) {
      if (range.bytes == 0) continue;
      hull_.base = std::min(hull_.base, range.base);
      end = std::max(end, range.base + range.bytes);
    }
    hull_ = end == 0 ? AddressRange{} : AddressRange{hull_.base, end - hull_.base};
    if (ranges.size() > 1) several_ = ranges;
  }

  // As AddressRange::contains.
  [[nodiscard]] constexpr bool contains(std::uint64_t pointer) const noexcept {
    return hull_.contains(pointer) && (is_one() || is_in_one(pointer));
  }
  // The least range that covers all of them.
  [[nodiscard]] constexpr AddressRange hull() const noexcept { return hull_; }
  // Whether the hull is all there is.
  [[nodiscard]] constexpr bool is_one() const noexcept { return several_.empty(); }
  [[nodiscard]] constexpr bool empty() const noexcept { return hull_.bytes == 0; }

 private:
  [[nodiscard]] constexpr bool is_in_one(std::uint64_t pointer) const noexcept {
    return std::ranges::any_of(several_,
                               [pointer](AddressRange range) { return range.contains(pointer); });
  }

  AddressRange hull_;
  std::span<const AddressRange> several_;  // empty: the hull is the only one
};

}  // namespace beam
