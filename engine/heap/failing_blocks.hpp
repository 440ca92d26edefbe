// A wrapper that fails on demand: after `budget` successful requests every further one is refused.
#pragma once

#include <cstdint>

#include "engine/heap/block_resource.hpp"

namespace beam {

class FailingBlocks final : public BlockResource {
 public:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  // `source` outlives this.
  explicit FailingBlocks(BlockResource& source, std::uint64_t budget = kNever) noexcept
      : source_(source), budget_(budget) {}

  void set_budget(std::uint64_t budget) noexcept { budget_ = budget; }

  [[nodiscard]] Block allocate(std::size_t words) noexcept override {
    return spend() ? source_.allocate(words) : Block{};
  }
  [[nodiscard]] Block resize(Block block, std::size_t words) noexcept override {
    return spend() ? source_.resize(block, words) : Block{};
  }
  void release(Block block) noexcept override { source_.release(block); }
  void trim() noexcept override { source_.trim(); }

 private:
  [[nodiscard]] bool spend() noexcept {
    if (budget_ == kNever) return true;
    if (budget_ == 0) return false;
    --budget_;
    return true;
  }

  BlockResource& source_;
  std::uint64_t budget_;
};

}  // namespace beam
