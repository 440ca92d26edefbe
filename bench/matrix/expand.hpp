// From axes to cells.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

inline constexpr std::size_t kMaxCells = 100'000;

// Every combination; all other members are taken from `common`. Strategies and allocators vary
// fastest, so that cells to be compared run in succession, under similar conditions. More than
// kMaxCells cells are taken for a mistake.
[[nodiscard]] Outcome<std::vector<cells::CellSpec>> expand(const Axes& axes,
                                                           const cells::CellSpec& common);

}  // namespace bench::matrix
