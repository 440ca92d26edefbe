#include "allocators/erts_node.hpp"

#include <algorithm>

namespace allocators {

namespace {

constexpr std::size_t kCacheCheckMs = 1000;

}  // namespace

ErtsNode::Allocators::Allocators(PageSource& pages) noexcept
    : segments(pages), heaps(segments, kEheapAlloc), temp(segments, kTempAlloc) {}

ErtsNode::ErtsNode() noexcept
    : ordinary_(pages_),
      dirty_ones_(pages_),
      heaps_(dirty_, ordinary_.heaps, dirty_ones_.heaps),
      temp_(dirty_, ordinary_.temp, dirty_ones_.temp) {}

void ErtsNode::time_passes(std::size_t ms) noexcept {
  waited_ms_ += ms;
  const std::size_t checks = std::min(waited_ms_ / kCacheCheckMs, kMaxCachedSegments);
  waited_ms_ %= kCacheCheckMs;
  for (std::size_t i = 0; i < checks; ++i) {
    ordinary_.segments.drop_one();
    dirty_ones_.segments.drop_one();
  }
}

void ErtsNode::trim() noexcept {
  ordinary_.segments.clear();
  dirty_ones_.segments.clear();
}

std::size_t ErtsNode::cached_bytes() noexcept {
  return ordinary_.segments.cached_bytes() + dirty_ones_.segments.cached_bytes();
}

beam::Block ErtsNode::Front::allocate(std::size_t words) noexcept {
  return (is_dirty_.load(std::memory_order_relaxed) ? dirty_ : ordinary_).allocate(words);
}

beam::Block ErtsNode::Front::resize(beam::Block block, std::size_t words) noexcept {
  return ErtsBlocks::owner_of(block).resize(block, words);
}

void ErtsNode::Front::release(beam::Block block) noexcept {
  if (block) ErtsBlocks::owner_of(block).release(block);
}

void ErtsNode::Front::trim() noexcept {
  ordinary_.trim();
  dirty_.trim();
}

}  // namespace allocators
