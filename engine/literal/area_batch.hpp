// Literal areas that are released together: one scan of a process looks for all of them.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/literal/literal_space.hpp"

namespace beam {

// Owns its areas no more than LiteralArea does: whoever releases them says so.
class AreaBatch {
 public:
  // A batch needs no memory of its own. The runtime releases one area at a time.
  static constexpr std::size_t kMax = 32;

  AreaBatch() = default;
  explicit AreaBatch(const LiteralArea& only) noexcept { add(only); }

  // Not more than kMax.
  void add(const LiteralArea& area) noexcept {
    ranges_[size_] = area.range();
    areas_[size_++] = area;
    words_ += area.words;
  }
  // Gives all of them back to the space; none is left.
  void release(LiteralSpace& space) noexcept {
    for (std::size_t i = 0; i < size_; ++i) space.release(areas_[i]);
    *this = {};
  }

  [[nodiscard]] std::span<const LiteralArea> areas() const noexcept {
    return std::span(areas_).first(size_);
  }
  // Of all areas together.
  [[nodiscard]] std::size_t words() const noexcept { return words_; }
  // Valid as long as the batch stays as it is, where it is.
  [[nodiscard]] AddressRanges ranges() const noexcept {
    return AddressRanges(std::span(ranges_).first(size_));
  }

 private:
  std::array<LiteralArea, kMax> areas_{};
  std::array<AddressRange, kMax> ranges_{};
  std::size_t size_ = 0;
  std::size_t words_ = 0;
};

}  // namespace beam
