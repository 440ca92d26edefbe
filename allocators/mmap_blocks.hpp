// Each block mapped from the kernel and unmapped on release: the floor of residency, and the most
// expensive way in time.
#pragma once

#include "allocators/page_source.hpp"
#include "engine/heap/block_resource.hpp"

namespace allocators {

class MmapBlocks final : public beam::BlockResource {
 public:
  [[nodiscard]] beam::Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] beam::Block resize(beam::Block block, std::size_t words) noexcept override;
  void release(beam::Block block) noexcept override;

 private:
  KernelPages pages_;
};

}  // namespace allocators
