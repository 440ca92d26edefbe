// What strategies that copy only what is reachable have in common: each worker's list of slots and
// marks, which it keeps from one process to the next.
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

class MarkingPurge : public Purge {
 public:
  struct Tools {
    MappedArray<LiteralSlot> slots;
    LiteralReach reach;
  };

  // Those of each worker.
  MarkingPurge(const PurgeScope& scope, StableArray<Tools> tools) noexcept
      : areas_(scope.areas), tools_(std::move(tools)) {}

 protected:
  [[nodiscard]] const AreaBatch& areas() const noexcept { return areas_; }
  [[nodiscard]] Tools& tools(const PurgeWorker& worker) noexcept { return tools_[worker.number]; }

  // Marks what the slots reach. Never null. Error: no memory.
  [[nodiscard]] Result<LiteralReach*> mark(std::span<const LiteralSlot> slots,
                                           const PurgeWorker& worker, PurgeWork& work) noexcept;
  // Copies what is marked to `to` and makes the slots point there.
  static void copy(std::span<const LiteralSlot> slots, LiteralReach& reach, Word* to,
                   Word*& off_heap, PurgeWork& work) noexcept;

 private:
  const AreaBatch& areas_;
  StableArray<Tools> tools_;
};

// Error: no memory.
[[nodiscard]] Result<StableArray<MarkingPurge::Tools>>
make_marking_tools(std::size_t workers) noexcept;

template <class Made>
[[nodiscard]] Result<Purge*> begin_marking(PurgeBox& box, const PurgeScope& scope) noexcept {
  BEAM_TRY(auto tools, make_marking_tools(scope.workers));
  return &box.make<Made>(scope, std::move(tools));
}

[[nodiscard]] HolderNeeds marking_needs(std::size_t area_words, std::size_t reached_words) noexcept;

}  // namespace beam
