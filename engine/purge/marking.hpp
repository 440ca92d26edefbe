// What strategies that copy only what is reachable work with: each worker's list of slots and
// marks, kept from one process to the next.
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/base/stable_array.hpp"
#include "engine/literal/area_batch.hpp"
#include "engine/literal/literal_reach.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

class Marking {
 public:
  // For so many workers, at least 1. Error: no memory.
  [[nodiscard]] static Result<Marking> create(std::size_t workers) noexcept;

  // The worker's list, with whatever was in it.
  [[nodiscard]] MappedArray<LiteralSlot>& slots(const PurgeWorker& worker) noexcept {
    return tools_[worker.number].slots;
  }
  // Marks what the slots reach in the areas. Never null. Error: no memory.
  [[nodiscard]] Result<LiteralReach*> mark(const AreaBatch& areas,
                                           std::span<const LiteralSlot> slots,
                                           const PurgeWorker& worker, PurgeWork& work) noexcept;

 private:
  struct Tools {
    MappedArray<LiteralSlot> slots;
    LiteralReach reach;
  };

  explicit Marking(StableArray<Tools> tools) noexcept : tools_(std::move(tools)) {}

  StableArray<Tools> tools_;
};

// Copies what is marked to `to` and makes the slots point there; see LiteralReach::copy_to.
void copy_marked(LiteralReach& reach, std::span<const LiteralSlot> slots, Word* to, Word*& off_heap,
                 PurgeWork& work) noexcept;

// What a holder needs of a strategy that marks, and copies what is marked.
[[nodiscard]] HolderNeeds marking_needs(std::size_t area_words, std::size_t reached_words) noexcept;

}  // namespace beam
