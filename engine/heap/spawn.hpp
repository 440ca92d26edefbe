// A process that begins with arguments, as spawn/3 and spawn_opt/4 make it.
//
// The arguments are copied like a message: flat, literals shared, except those of an area that is
// being released. The young block is the smallest that holds them and the reserved words, and at
// least min_heap_words. Source: OTP 25, erts/emulator/beam/erl_process.c, erl_create_process.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// What surrounds a new process: `blocks` outlives it, `literals` is the range of all literals.
struct Surroundings {
  BlockResource* blocks = nullptr;
  AddressRange literals = {};
  const AddressRanges* released = nullptr;  // the area that is being released, if any
};

// A process whose one word of stack is its copy of `arguments`, a list: the runtime has them in
// registers and a return address in that word. Error: no memory.
[[nodiscard]] Result<Process> spawn_with(Surroundings surroundings, Term arguments,
                                         ProcessOptions options = {}) noexcept;

}  // namespace beam
