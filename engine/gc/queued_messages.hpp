// Queued messages and collections: what is attached to them moves onto the heap.
#pragma once

#include "engine/heap/process.hpp"

namespace beam {

// Moves the data attached to every message of an on_heap queue to the top of the young heap, whole
// and in order, and frees the fragments it was in. The young heap has room for it: collections size
// it by young_usage(). An off_heap queue is left alone. Linear in what is attached for messages of
// one fragment; a purge may add one each.
void move_messages_to_heap(Process& process) noexcept;

}  // namespace beam
