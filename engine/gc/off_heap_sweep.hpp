// After a copy: which off-heap objects moved, which stayed and which died.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// Both rebuild `process.off_heap` from the objects that left a forwarding pointer in from-space,
// release what the others owned, and set the virtual heap by what is live. Survivors in the old
// heap come after all others, as the process's invariant wants. An empty list is left alone, and
// the virtual heap with it.

// `untouched`: the old heap as it was before the collection, whose objects stay. They were counted
// when they moved there, or never, if a literal collection placed them.
void sweep_after_minor(Process& process, AddressRange untouched) noexcept;
void sweep_after_major(Process& process) noexcept;

// Puts `list` behind everything on the process's list.
void append_off_heap(Process& process, Word* list) noexcept;

// Appends the objects of `area_list` that were copied out of the temporary copy, `delta` bytes away
// from the area, and takes a reference for each.
void adopt_off_heap(Process& process, const Word* area_list, Word delta) noexcept;

}  // namespace beam
