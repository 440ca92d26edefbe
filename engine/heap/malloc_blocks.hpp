// Blocks from malloc, that is, from whichever allocator the process was started with.
#pragma once

#include "engine/heap/block_resource.hpp"

namespace beam {

class MallocBlocks final : public BlockResource {
 public:
  [[nodiscard]] Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] Block resize(Block block, std::size_t words) noexcept override;
  void release(Block block) noexcept override;
};

}  // namespace beam
