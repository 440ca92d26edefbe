#include "engine/purge/purge_process.hpp"

namespace beam {

namespace {

Result<ProcessHits> scan(const Process& process, const LiteralSearch& search,
                         MappedArray<LiteralSlot>& slots, PurgeWork& work) noexcept {
  if (search.depth == ScanDepth::kFirstHit) {
    const HeapScan scanned = scan_for_literals(process, search.areas);
    work.scanned_words += scanned.scanned_words;
    return ProcessHits{scanned.found, {}};
  }
  BEAM_TRY(const auto scanned_words, find_literal_slots(process, search.areas, slots));
  work.scanned_words += scanned_words;
  return ProcessHits{!slots.empty(), slots.span()};
}

}  // namespace

Result<ProcessHits> search_process(Process& process, const LiteralSearch& search,
                                   PurgeObserver& observer, MappedArray<LiteralSlot>& slots,
                                   PurgeWork& work) noexcept {
  observer.phase_begins(PurgePhase::kScan);
  BEAM_TRY(const auto queued, copy_message_literals(process, search.areas));
  work.scanned_words += queued.scanned_words;
  work.copied_literal_words += queued.copied_words;
  BEAM_TRY(const auto hits, scan(process, search, slots, work));
  if (hits.found) ++work.holders;
  return hits;
}

Result<PurgeWork> purge_process(Process& process, const LiteralSearch& search, Purge& purge,
                                const PurgeWorker& worker,
                                MappedArray<LiteralSlot>& slots) noexcept {
  PurgeWork work;
  BEAM_TRY(const auto hits, search_process(process, search, worker.observer, slots, work));
  if (!hits.found) return work;
  BEAM_TRY(const auto done, purge.visit(process, hits, worker));
  work.add(done);
  return work;
}

}  // namespace beam
