// A wrapper that keeps released blocks for the next request of the same size, as a runtime's
// segment cache does: a block that is reused has its pages already, a fresh one faults on each.
//
// When all places are taken, the block that was kept longest goes back to the source. Not thread
// safe: one keeper per collector.
#pragma once

#include <array>

#include "engine/heap/block_resource.hpp"

namespace beam {

class KeptBlocks final : public BlockResource {
 public:
  static constexpr std::size_t kMaxPlaces = 16;

  // Keeps up to `places` blocks (1 to kMaxPlaces; OTP 25's mseg_alloc keeps 10). `source` outlives
  // this.
  explicit KeptBlocks(BlockResource& source, std::size_t places = 1) noexcept;
  ~KeptBlocks() override;

  [[nodiscard]] Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] Block resize(Block block, std::size_t words) noexcept override;
  void release(Block block) noexcept override;
  void trim() noexcept override;

  // Words that are kept for reuse now.
  [[nodiscard]] std::size_t kept_words() const noexcept;

 private:
  // Removes the block in `place` from those kept.
  [[nodiscard]] Block take(std::size_t place) noexcept;

  BlockResource& source_;
  std::size_t places_;
  std::size_t count_ = 0;
  std::array<Block, kMaxPlaces> kept_{};  // those kept longest first
};

}  // namespace beam
