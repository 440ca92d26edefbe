// A purge of one process by a strategy, without a node around it.
#pragma once

#include "engine/purge/registry.hpp"

namespace beam_test {

// As a node does it: begin, search, visit.
inline beam::Result<beam::PurgeWork> purge_one(const beam::PurgeStrategy& strategy,
                                               beam::Process& process, const beam::AreaBatch& areas,
                                               beam::BlockResource& temp,
                                               beam::PurgeObserver& observer) {
  beam::PurgeBox box;
  BEAM_TRY(beam::Purge* const purge, strategy.begin(box, {areas}));
  beam::MappedArray<beam::LiteralSlot> slots;
  const beam::LiteralSearch search{areas.ranges(), strategy.scan_depth(), process.literals};
  beam::PurgeWork work;
  BEAM_TRY(const auto hits, beam::search_process(process, search, observer, slots, work));
  if (!hits.found) return work;
  BEAM_TRY(const auto done, purge->visit(process, hits, {0, temp, observer}));
  work.add(done);
  return work;
}

inline beam::Result<beam::PurgeWork> purge_one(const char* strategy, beam::Process& process,
                                               const beam::LiteralArea& area,
                                               beam::BlockResource& temp,
                                               beam::PurgeObserver& observer) {
  return purge_one(*beam::find_strategy(strategy), process, beam::AreaBatch(area), temp, observer);
}

}  // namespace beam_test
