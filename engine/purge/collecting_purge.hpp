// What strategies that collect a holder have in common: a major collection, which dissolves the
// old heap and drops garbage, then their own step, then hibernation again if the holder slept.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/process.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

// `step(work)` does what the strategy does after the collection, in a process that is alive and
// has only a young block; it begins its phases itself, and adds what it did. Error: no memory, or
// what the step says.
template <class Step>
[[nodiscard]] Result<PurgeWork> purge_by_collecting(Process& process, PurgeObserver& observer,
                                                    Step step) noexcept {
  PurgeWork work;
  const bool hibernated = process.hibernated;
  observer.phase_begins(PurgePhase::kCollect);
  BEAM_TRY(const auto collected, collect_major(process));
  work.copied_words = collected.moved_words;
  if (!process.killed) BEAM_CHECK(step(work));
  if (process.killed) {
    work.killed = 1;
  } else if (hibernated) {
    observer.phase_begins(PurgePhase::kCollect);
    BEAM_TRY(const auto cut, cut_to_live(process, process.stack_term(0)));
    work.copied_words += cut.moved_words;
  }
  return work;
}

// The runtime's literal collection (gc/literal_copy.hpp), as such a step.
[[nodiscard]] Result<Unit> copy_areas_whole(Process& process, const AreaBatch& areas,
                                            const PurgeWorker& worker, PurgeWork& work) noexcept;

}  // namespace beam
