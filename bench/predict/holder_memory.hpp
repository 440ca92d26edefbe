// What one process's blocks take: words asked for (reserved), and pages that the model really
// touched (touched), now and at most.
//
// Every block is a private mapping of its own, without huge pages, and the kernel says which of its
// pages are there (mincore). So the figures depend on the scenario alone: 4 KiB pages, none shared
// by two blocks. Pages of a block only ever become more while it lives, so that the peak is reached
// before one of them is released or cut, and is taken there.
#pragma once

#include <cstdint>
#include <vector>

#include "allocators/mmap_blocks.hpp"
#include "engine/heap/block_resource.hpp"

namespace bench::predict {

// Bytes.
struct MemoryUse {
  std::uint64_t reserved = 0;
  std::uint64_t touched = 0;
};

class HolderMemory {
 public:
  [[nodiscard]] MemoryUse now() const noexcept;
  // At most since the last reset_peak().
  [[nodiscard]] MemoryUse peak() noexcept;
  void reset_peak() noexcept;

  void add(beam::Block block);
  void remove(beam::Block block) noexcept;

 private:
  void note_peak() noexcept;

  std::vector<beam::Block> blocks_;  // those that live; a handful
  MemoryUse peak_;
};

// Serves the blocks of one process, or the temporary copies of whichever process is being worked
// on.
class HolderBlocks final : public beam::BlockResource {
 public:
  explicit HolderBlocks(HolderMemory* memory = nullptr) noexcept : memory_(memory) {}

  // Blocks from now on are those of `memory`, which outlives them.
  void serve(HolderMemory& memory) noexcept { memory_ = &memory; }

  [[nodiscard]] beam::Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] beam::Block resize(beam::Block block, std::size_t words) noexcept override;
  void release(beam::Block block) noexcept override;

 private:
  allocators::MmapBlocks mapped_;
  HolderMemory* memory_;
};

}  // namespace bench::predict
