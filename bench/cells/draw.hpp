// The literals of one holder: whole ones, drawn by seed without repetition.
#pragma once

#include <cstdint>
#include <numeric>

#include "bench/cells/area.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/random.hpp"

namespace bench::cells {

// The sequence `start + i * step` modulo the count, with a step coprime to the count, reaches each
// literal once before any repeats. The area has at least one usable literal.
class Draw {
 public:
  Draw(const CellSpec& spec, const Area& area, std::uint64_t number) noexcept
      : area_(area), wanted_(spec.held_words) {
    Random random(spec.seed * 0x9E3779B97F4A7C15ULL + number);
    const std::uint64_t count = area.usable.size();
    at_ = random.below(count);
    step_ = 1 + random.below(count);
    while (std::gcd(step_, count) != 1) ++step_;
  }

  // Whether another literal is due: fewer words than wanted are held.
  [[nodiscard]] bool more() const noexcept { return words_ == 0 || words_ < wanted_; }
  // The index of the next literal in the image.
  std::uint32_t next() noexcept {
    const std::uint32_t index = area_.usable[at_];
    words_ += area_.words[at_];
    at_ = (at_ + step_) % area_.usable.size();
    return index;
  }
  // Words of all drawn literals.
  [[nodiscard]] std::uint64_t words() const noexcept { return words_; }

 private:
  const Area& area_;
  std::uint64_t wanted_;
  std::uint64_t at_ = 0;
  std::uint64_t step_ = 1;
  std::uint64_t words_ = 0;
};

}  // namespace bench::cells
