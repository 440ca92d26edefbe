#include "engine/purge/marking.hpp"

#include <algorithm>

namespace beam {

Result<Marking> Marking::create(std::size_t workers) noexcept {
  BEAM_TRY(auto tools, StableArray<Tools>::reserve(workers));
  for (std::size_t i = 0; i < workers; ++i) static_cast<void>(tools.emplace_back());  // has room
  return Marking(std::move(tools));
}

Result<LiteralReach*> Marking::mark(const AreaBatch& areas, std::span<const LiteralSlot> slots,
                                    const PurgeWorker& worker, PurgeWork& work) noexcept {
  LiteralReach& reach = tools_[worker.number].reach;
  reach.begin(areas);
  for (const LiteralSlot slot : slots) BEAM_CHECK(reach.mark(*slot.at()));
  work.marked_words = reach.words();
  work.table_words = reach.table_words();
  return &reach;
}

void copy_marked(LiteralReach& reach, std::span<const LiteralSlot> slots, Word* to, Word*& off_heap,
                 PurgeWork& work) noexcept {
  reach.copy_to(to, off_heap);
  for (const LiteralSlot slot : slots) slot.point_at(reach.copy_of(*slot.at()));
  work.copied_literal_words += reach.words();
}

HolderNeeds marking_needs(std::size_t area_words, std::size_t reached_words) noexcept {
  const std::size_t bits = area_words / 32;
  const std::size_t by_object = 2 * std::min(reached_words, area_words / 64);
  return {.kept_words = reached_words,
          .temporary_words = bits + by_object,
          .moved_words = 3 * reached_words};
}

}  // namespace beam
