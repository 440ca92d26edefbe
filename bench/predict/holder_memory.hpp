// The memory of one process's blocks: requested words (reserved) and pages that the model touched
// (touched), current and peak.
//
// Every block is its own private mapping without huge pages, and the kernel reports its resident
// pages (mincore). So the figures depend only on the scenario: 4 KiB pages, none shared by two
// blocks. A block's pages only increase while it lives, so the peak is read just before a block is
// released or cut.
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
  // The peak since the last reset_peak().
  [[nodiscard]] MemoryUse peak() noexcept;
  void reset_peak() noexcept;

  void add(beam::Block block);
  void remove(beam::Block block) noexcept;

 private:
  void note_peak() noexcept;

  std::vector<beam::Block> blocks_;  // live blocks; a handful
  MemoryUse peak_;
};

// Serves the blocks of one process, or the temporary copies of the process currently purged.
class HolderBlocks final : public beam::BlockResource {
 public:
  explicit HolderBlocks(HolderMemory* memory = nullptr) noexcept : memory_(memory) {}

  // New blocks count to `memory`, which must outlive them.
  void serve(HolderMemory& memory) noexcept { memory_ = &memory; }

  [[nodiscard]] beam::Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] beam::Block resize(beam::Block block, std::size_t words) noexcept override;
  void release(beam::Block block) noexcept override;

 private:
  allocators::MmapBlocks mapped_;
  HolderMemory* memory_;
};

}  // namespace bench::predict
