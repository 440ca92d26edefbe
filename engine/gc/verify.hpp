// The heap verifier: walks everything a process has and says what does not hold.
//
// Checked: the order of the process's own pointers; that heaps and fragments are made of whole
// objects with known headers; that every pointer in them, on the stack, in the dictionary and in
// the message queue points at an object of its kind in this process or in live literal memory; that
// the old heap has no pointer into the young one, nor the mature part of the young heap into the
// rest, but into fragments where the next collection is major; that the off-heap list holds every
// object it should, those of the old heap last; that a queued message's data points at nothing but
// itself and literals; that a hibernated process has what is live and the reserved words, no more.
// Linear time; its own tables are private mappings.
#pragma once

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/literal_space.hpp"

namespace beam {

// Error: what is broken; the value is the broken word. No space: the process holds no literals.
[[nodiscard]] Result<Unit> verify_process(const Process& process,
                                          const LiteralSpace* space) noexcept;

}  // namespace beam
