// Whether the values of one cell go together.
#pragma once

#include <cstdint>

#include "bench/cells/cell_spec.hpp"
#include "bench/report/outcome.hpp"

namespace bench {

// `area_words` is the module's or the spec's. A failure names the flag.
[[nodiscard]] Outcome<Done> check_cell(const CellSpec& spec, std::uint64_t area_words);

}  // namespace bench
