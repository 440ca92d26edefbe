#include "engine/purge/marking_purge.hpp"

#include <algorithm>

namespace beam {

Result<LiteralReach*> MarkingPurge::mark(std::span<const LiteralSlot> slots,
                                         const PurgeWorker& worker, PurgeWork& work) noexcept {
  LiteralReach& reach = tools(worker).reach;
  reach.begin(areas_);
  for (const LiteralSlot slot : slots) BEAM_CHECK(reach.mark(*slot.at()));
  work.marked_words = reach.words();
  work.table_words = reach.table_words();
  return &reach;
}

void MarkingPurge::copy(std::span<const LiteralSlot> slots, LiteralReach& reach, Word* to,
                        Word*& off_heap, PurgeWork& work) noexcept {
  reach.copy_to(to, off_heap);
  for (const LiteralSlot slot : slots) slot.point_at(reach.copy_of(*slot.at()));
  work.copied_literal_words += reach.words();
}

Result<StableArray<MarkingPurge::Tools>> make_marking_tools(std::size_t workers) noexcept {
  BEAM_TRY(auto tools, StableArray<MarkingPurge::Tools>::reserve(workers));
  for (std::size_t i = 0; i < workers; ++i) {
    if (tools.emplace_back() == nullptr) return Error{"no memory for the marks of a purge"};
  }
  return tools;
}

HolderNeeds marking_needs(std::size_t area_words, std::size_t reached_words) noexcept {
  const std::size_t bits = area_words / 32;
  const std::size_t by_object = 2 * std::min(reached_words, area_words / 64);
  return {.kept_words = reached_words,
          .temporary_words = bits + by_object,
          .moved_words = 3 * reached_words};
}

}  // namespace beam
