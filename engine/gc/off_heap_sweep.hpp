// After a copy: which off-heap objects moved, which stayed and which died.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// Rebuilds `process.off_heap` from objects that left a forwarding pointer in from-space, releases
// what the others owned, and keeps objects inside `untouched` (old heap that was not collected).
// Survivors in `old` come after all others, as the process's invariant wants.
void sweep_off_heap(Process& process, AddressRange untouched, AddressRange old) noexcept;

// Appends the objects of `area_list` that were copied out of the temporary copy, `delta` bytes away
// from the area, and takes a reference for each.
void adopt_off_heap(Process& process, const Word* area_list, Word delta) noexcept;

}  // namespace beam
