// The block sources of a cell, counted in one ledger: temporary copies are part of the peak and
// exist only during a purge. Every scheduler has its own temporary blocks, like the per-scheduler
// instances of temp_alloc; with ERTS carriers they share a carrier cache with the heaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "allocators/erts_node.hpp"
#include "allocators/mmap_blocks.hpp"
#include "bench/cells/cell_spec.hpp"
#include "engine/heap/counting_blocks.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"

namespace bench::cells {

class CellBlocks {
 public:
  explicit CellBlocks(const CellSpec& spec)
      : erts_(spec.blocks == "erts" ? std::make_unique<allocators::ErtsNode>() : nullptr),
        heaps_(heap_source(spec), ledger_) {
    for (std::uint64_t i = 0; i < spec.schedulers; ++i) {
      temps_.push_back(std::make_unique<Temp>(mapped_));
      temps_.back()->counted =
          std::make_unique<beam::CountingBlocks>(temp_source(spec, *temps_.back()), ledger_);
    }
  }

  [[nodiscard]] beam::BlockResource& heaps() noexcept { return heaps_; }
  [[nodiscard]] beam::BlockResource& temp(std::size_t scheduler) noexcept {
    return *temps_[scheduler]->counted;
  }
  [[nodiscard]] beam::BlockLedger& ledger() noexcept { return ledger_; }
  // Bytes of blocks kept for the next purge.
  [[nodiscard]] std::uint64_t kept_bytes() const noexcept {
    if (erts_ != nullptr) return erts_->cached_bytes();
    std::uint64_t words = 0;
    for (const auto& temp : temps_) words += temp->kept.kept_words();
    return words * beam::kWordBytes;
  }
  // Called around a purge with the words that its collections process: the runtime runs large ones
  // on dirty schedulers.
  void purge_begins(std::uint64_t words) noexcept {
    if (erts_ != nullptr) erts_->run_dirty(words >= allocators::ErtsNode::kDirtyWords);
  }
  void purge_ends() noexcept {
    if (erts_ != nullptr) erts_->run_dirty(false);
  }
  void time_passes(std::uint64_t ms) noexcept {
    if (erts_ != nullptr) erts_->time_passes(ms);
  }
  // Frees the blocks kept for the next purge.
  void trim() noexcept {
    if (erts_ != nullptr) erts_->trim();
    for (const auto& temp : temps_) temp->kept.trim();
  }

 private:
  struct Temp {
    explicit Temp(beam::BlockResource& mapped) noexcept : kept(mapped) {}
    beam::KeptBlocks kept;
    std::unique_ptr<beam::CountingBlocks> counted;
  };

  [[nodiscard]] beam::BlockResource& heap_source(const CellSpec& spec) noexcept {
    if (erts_ != nullptr) return erts_->heaps();
    if (spec.blocks == "mmap") return mapped_;
    return malloced_;
  }
  [[nodiscard]] beam::BlockResource& temp_source(const CellSpec& spec, Temp& temp) noexcept {
    if (spec.temp != "kept") return malloced_;
    if (erts_ != nullptr) return erts_->temp();
    return temp.kept;
  }

  beam::BlockLedger ledger_;
  beam::MallocBlocks malloced_;
  allocators::MmapBlocks mapped_;
  std::unique_ptr<allocators::ErtsNode> erts_;
  beam::CountingBlocks heaps_;
  std::vector<std::unique_ptr<Temp>> temps_;
};

}  // namespace bench::cells
