// A purge of one process by a strategy, without a node around it.
#pragma once

#include "engine/purge/purge_process.hpp"
#include "engine/purge/registry.hpp"

namespace beam_test {

// As a driver does it: begin, search, visit.
inline beam::Result<beam::PurgeWork> purge_one(const beam::PurgeStrategy& strategy,
                                               beam::Process& process, const beam::AreaBatch& areas,
                                               beam::BlockResource& temp,
                                               beam::PurgeObserver& observer) {
  beam::PurgeBox box;
  BEAM_TRY(beam::Purge* const purge, strategy.begin(box, {areas}));
  beam::MappedArray<beam::LiteralSlot> slots;
  return beam::purge_process(process, {areas.ranges(), strategy.scan_depth(), process.literals},
                             *purge, {0, temp, observer}, slots);
}

inline beam::Result<beam::PurgeWork> purge_one(const char* strategy, beam::Process& process,
                                               const beam::LiteralArea& area,
                                               beam::BlockResource& temp,
                                               beam::PurgeObserver& observer) {
  return purge_one(*beam::find_strategy(strategy), process, beam::AreaBatch(area), temp, observer);
}

}  // namespace beam_test
