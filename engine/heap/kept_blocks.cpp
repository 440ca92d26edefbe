#include "engine/heap/kept_blocks.hpp"

#include <algorithm>

namespace beam {

KeptBlocks::KeptBlocks(BlockResource& source, std::size_t places) noexcept
    : source_(source), places_(std::clamp<std::size_t>(places, 1, kMaxPlaces)) {}

KeptBlocks::~KeptBlocks() { trim(); }

Block KeptBlocks::take(std::size_t place) noexcept {
  const Block taken = kept_[place];
  std::copy(kept_.begin() + place + 1, kept_.begin() + count_, kept_.begin() + place);
  --count_;
  return taken;
}

Block KeptBlocks::allocate(std::size_t words) noexcept {
  for (std::size_t i = 0; i < count_; ++i) {
    if (kept_[i].words == words) return take(i);
  }
  return source_.allocate(words);
}

Block KeptBlocks::resize(Block block, std::size_t words) noexcept {
  return source_.resize(block, words);
}

void KeptBlocks::release(Block block) noexcept {
  if (!block) return;
  if (count_ == places_) source_.release(take(0));
  kept_[count_++] = block;
}

std::size_t KeptBlocks::kept_words() const noexcept {
  std::size_t words = 0;
  for (std::size_t i = 0; i < count_; ++i) words += kept_[i].words;
  return words;
}

void KeptBlocks::trim() noexcept {
  while (count_ > 0) source_.release(take(count_ - 1));
  source_.trim();
}

}  // namespace beam
