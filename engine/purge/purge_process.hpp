// What a driver does with each process for any strategy: queued messages, the scan, and if that
// hits, the strategy's own work. A node does it at once, schedulers in one request or in two.
#pragma once

#include "engine/base/address_ranges.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

// What every process is searched for.
struct LiteralSearch {
  AddressRanges areas;
  ScanDepth depth = ScanDepth::kFirstHit;
  AddressRange literals;  // of the node
};

// Rids the queued messages of the process of the areas and scans its heap. With kEverySlot, `slots`
// is filled and what is returned refers to it. Adds to `work`. Error: no memory.
[[nodiscard]] Result<ProcessHits> search_process(Process& process, const LiteralSearch& search,
                                                 PurgeObserver& observer,
                                                 MappedArray<LiteralSlot>& slots,
                                                 PurgeWork& work) noexcept;

// The same and, if it hits, the purge's work on the process. Error: no memory.
[[nodiscard]] Result<PurgeWork> purge_process(Process& process, const LiteralSearch& search,
                                              Purge& purge, const PurgeWorker& worker,
                                              MappedArray<LiteralSlot>& slots) noexcept;

}  // namespace beam
