// A wrapper that counts: what was asked for and what is held, exactly, in bytes.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/heap/block_resource.hpp"

namespace beam {

struct BlockCounts {
  std::uint64_t allocations = 0;  // allocate() and resize() calls that succeeded
  std::uint64_t releases = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t peak_bytes = 0;  // highest live_bytes since the last reset_peak()
};

// Several wrappers may share one ledger, so that their blocks are counted together.
class BlockLedger {
 public:
  [[nodiscard]] BlockCounts counts() const noexcept;
  // The peak starts anew from what is held now.
  void reset_peak() noexcept;

  void allocated(std::size_t words) noexcept;
  void released(std::size_t words) noexcept;

 private:
  std::atomic<std::uint64_t> allocations_{0};
  std::atomic<std::uint64_t> releases_{0};
  std::atomic<std::uint64_t> live_bytes_{0};
  std::atomic<std::uint64_t> peak_bytes_{0};
};

class CountingBlocks final : public BlockResource {
 public:
  // Both outlive this.
  CountingBlocks(BlockResource& source, BlockLedger& ledger) noexcept
      : source_(source), ledger_(ledger) {}

  [[nodiscard]] Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] Block resize(Block block, std::size_t words) noexcept override;
  void release(Block block) noexcept override;
  void trim() noexcept override { source_.trim(); }

 private:
  BlockResource& source_;
  BlockLedger& ledger_;
};

}  // namespace beam
