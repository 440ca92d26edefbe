// Changing the young block: exchanging it for another after a copy, and resizing it in place.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// `to` becomes the young block with everything below `top` live and mature; the stack moves to its
// end, and the old young block is released with all fragments.
void exchange_young_block(Process& process, Block to, Word* top) noexcept;

// Moves heap and stack into `to`, at least used + stack words; all pointers into the young heap
// follow, and the block it was in is released.
void move_young_block(Process& process, Block to) noexcept;

// Makes the young block `words` long, at least used + stack; all pointers into it follow.
// Error: no memory; nothing changed.
[[nodiscard]] Result<Unit> resize_young_block(Process& process, std::size_t words) noexcept;

}  // namespace beam
