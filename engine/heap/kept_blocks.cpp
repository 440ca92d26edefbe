#include "engine/heap/kept_blocks.hpp"

#include <algorithm>
#include <utility>

namespace beam {

KeptBlocks::KeptBlocks(BlockResource& source, std::size_t places) noexcept
    : source_(source), places_(std::clamp<std::size_t>(places, 1, kMaxPlaces)) {}

KeptBlocks::~KeptBlocks() { trim(); }

Block KeptBlocks::allocate(std::size_t words) noexcept {
  for (Block& kept : kept_) {
    if (kept && kept.words == words) return std::exchange(kept, Block{});
  }
  return source_.allocate(words);
}

Block KeptBlocks::resize(Block block, std::size_t words) noexcept {
  return source_.resize(block, words);
}

void KeptBlocks::release(Block block) noexcept {
  if (!block) return;
  for (std::size_t i = 0; i < places_; ++i) {
    if (!kept_[i]) {
      kept_[i] = block;
      return;
    }
  }
  source_.release(std::exchange(kept_[oldest_], block));
  oldest_ = (oldest_ + 1) % places_;
}

void KeptBlocks::trim() noexcept {
  for (Block& kept : kept_) source_.release(std::exchange(kept, Block{}));
  source_.trim();
}

}  // namespace beam
