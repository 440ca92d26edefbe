// A process's own data, besides what it holds of a module.
#pragma once

#include <cstdint>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace bench::holders {

// A process that has built its state and waits: the lowest stack slot holds a list of small
// integers of exactly `words` (not 1) live words, ending in a 2-tuple if odd, and the block has the
// size that a major collection leaves. 0 words: no such slot. Error: no memory.
[[nodiscard]] beam::Result<beam::Process> spawn_with_own_data(beam::BlockResource& blocks,
                                                              beam::AddressRange literals,
                                                              std::uint64_t words) noexcept;

// A list of exactly `words` (not 1) words on the heap, as above. Error: there is no room for it.
[[nodiscard]] beam::Result<beam::Term> make_own_data(beam::Process& process,
                                                     std::uint64_t words) noexcept;

// Pushes a stack slot with []. Without room the process is collected first, as for any call that
// needs a frame; its heap limit may kill it then, and nothing is pushed. Error: no memory.
[[nodiscard]] beam::Result<beam::Unit> push_slot(beam::Process& process) noexcept;

}  // namespace bench::holders
