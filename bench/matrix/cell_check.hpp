// Whether the values of one cell go together.
#pragma once

#include <cstdint>

#include "bench/cells/cell_spec.hpp"
#include "bench/report/outcome.hpp"

namespace bench {

// What matters here of a cell's area, be it the spec's or the module's.
struct AreaFacts {
  std::uint64_t area_words = 0;
  std::uint64_t holdable_words = 0;  // of all literals together; of a module, less than the area
};

// A failure names the flag.
[[nodiscard]] Outcome<Done> check_cell(const CellSpec& spec, const AreaFacts& area);

}  // namespace bench
