// Which figures of a row a seed decides, and which depend on the machine or on chance: what is
// compared exactly, or shown once for all cells of a scenario, has to ask here.
#pragma once

#include <string_view>

#include "bench/cells/cell_spec.hpp"

namespace bench {

// Whether the figure behind this key of a row is the same in every run of the cell, under every
// allocator and on every machine. False for times, resident memory and what allocators say, and for
// a key that is no counter. No setting but --schedulers makes a counter depend on more than the
// cell: with more than one, collections run beside each other, and what they have reserved at most
// (`reserved_peak`) depends on how they meet.
[[nodiscard]] bool deterministic(std::string_view key, const CellSpec& spec);

}  // namespace bench
