// Data that a process has of its own, besides what it holds of a module.
#pragma once

#include <cstdint>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/term/term.hpp"

namespace bench {

// A list of small integers of exactly `words` (not 1) live words; an odd count ends in a 2-tuple.
// Error: the heap lacks room.
[[nodiscard]] beam::Result<beam::Term> make_own_data(beam::Process& process,
                                                     std::uint64_t words) noexcept;

}  // namespace bench
