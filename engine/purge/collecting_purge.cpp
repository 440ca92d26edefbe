#include "engine/purge/collecting_purge.hpp"

#include "engine/gc/literal_copy.hpp"

namespace beam {

Result<Unit> copy_areas_whole(Process& process, const AreaBatch& areas, const PurgeWorker& worker,
                              PurgeWork& work) noexcept {
  worker.observer.phase_begins(PurgePhase::kCopy);
  BEAM_TRY(const auto copied, copy_literals(process, areas, worker.temp));
  work.copied_literal_words += copied.copied_words;
  work.temp_copied_words += copied.temp_words;
  return Unit{};
}

}  // namespace beam
