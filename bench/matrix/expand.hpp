// From axes to cells.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

inline constexpr std::size_t kMaxCells = 100'000;

// Every combination, with everything that is no axis taken from `common`. Strategies and allocators
// vary fastest, so cells that are to be compared run one after another and share the machine's
// mood. At most kMaxCells of them: longer lists are mistakes.
[[nodiscard]] Outcome<std::vector<cells::CellSpec>> expand(const Axes& axes,
                                                           const cells::CellSpec& common);

}  // namespace bench::matrix
