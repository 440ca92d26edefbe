// Who serves the blocks of a cell, counted in one ledger: temporary copies are part of the peak,
// and while no purge runs there are none. Every scheduler has temporary blocks of its own, as a
// runtime's temp_alloc has an instance for each.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "allocators/mmap_blocks.hpp"
#include "bench/cells/cell_spec.hpp"
#include "engine/heap/counting_blocks.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"

namespace bench {

class CellBlocks {
 public:
  explicit CellBlocks(const CellSpec& spec)
      : heaps_(spec.blocks == "mmap" ? static_cast<beam::BlockResource&>(mapped_) : malloced_,
               ledger_) {
    for (std::uint64_t i = 0; i < spec.schedulers; ++i) {
      temps_.push_back(std::make_unique<Temp>(mapped_, malloced_, spec.temp == "kept", ledger_));
    }
  }

  [[nodiscard]] beam::BlockResource& heaps() noexcept { return heaps_; }
  [[nodiscard]] beam::BlockResource& temp(std::size_t scheduler) noexcept {
    return temps_[scheduler]->counted;
  }
  [[nodiscard]] beam::BlockLedger& ledger() noexcept { return ledger_; }
  // Bytes of temporary blocks that are kept for the next purge.
  [[nodiscard]] std::uint64_t kept_bytes() const noexcept {
    std::uint64_t words = 0;
    for (const auto& temp : temps_) words += temp->kept.kept_words();
    return words * beam::kWordBytes;
  }
  // Gives back what is kept for the next purge.
  void trim() noexcept {
    for (const auto& temp : temps_) temp->counted.trim();
  }

 private:
  struct Temp {
    Temp(beam::BlockResource& mapped, beam::BlockResource& malloced, bool keeps,
         beam::BlockLedger& ledger) noexcept
        : kept(mapped),
          counted(keeps ? static_cast<beam::BlockResource&>(kept) : malloced, ledger) {}
    beam::KeptBlocks kept;
    beam::CountingBlocks counted;
  };

  beam::BlockLedger ledger_;
  beam::MallocBlocks malloced_;
  allocators::MmapBlocks mapped_;
  beam::CountingBlocks heaps_;
  std::vector<std::unique_ptr<Temp>> temps_;
};

}  // namespace bench
