#include "engine/heap/counting_blocks.hpp"

namespace beam {

BlockCounts BlockLedger::counts() const noexcept {
  return {allocations_.load(), releases_.load(), live_bytes_.load(), peak_bytes_.load()};
}

void BlockLedger::reset_peak() noexcept { peak_bytes_.store(live_bytes_.load()); }

void BlockLedger::allocated(std::size_t words) noexcept {
  allocations_.fetch_add(1, std::memory_order_relaxed);
  const std::uint64_t live = live_bytes_.fetch_add(words * kWordBytes) + words * kWordBytes;
  std::uint64_t peak = peak_bytes_.load();
  while (live > peak && !peak_bytes_.compare_exchange_weak(peak, live)) {
  }
}

void BlockLedger::released(std::size_t words) noexcept {
  releases_.fetch_add(1, std::memory_order_relaxed);
  live_bytes_.fetch_sub(words * kWordBytes);
}

Block CountingBlocks::allocate(std::size_t words) noexcept {
  const Block block = source_.allocate(words);
  if (block) ledger_.allocated(block.words);
  return block;
}

Block CountingBlocks::resize(Block block, std::size_t words) noexcept {
  const Block resized = source_.resize(block, words);
  if (!resized) return resized;
  ledger_.released(block.words);
  ledger_.allocated(resized.words);
  return resized;
}

void CountingBlocks::release(Block block) noexcept {
  if (!block) return;
  ledger_.released(block.words);
  source_.release(block);
}

}  // namespace beam
