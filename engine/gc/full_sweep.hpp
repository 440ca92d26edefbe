// The copy that major collections and hibernation have in common.
#pragma once

#include "engine/heap/process.hpp"

namespace beam {

// Moves everything live of `process` into `to`, which becomes its young block, all of it mature;
// releases what it was in, an old heap included. `to` has room for all that the process uses, its
// stack, and the reserved words.
void sweep_all_into(Process& process, Block to) noexcept;

}  // namespace beam
