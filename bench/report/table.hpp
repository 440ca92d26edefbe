// The table of a run for a terminal.
//
// One block per scenario, its allocators and strategies below each other. A value is the median
// over the invocations, and where there is room, followed by [min..max]. Resident memory is shown
// as growth over the reading before the purge; growth below the kernel's resolution prints as
// <0.25. Failed and skipped cells stand among the others, with the reason.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/report/row.hpp"

namespace bench {

// No line is wider than `width` columns (at least 40 are assumed); the most important columns come
// first.
[[nodiscard]] std::string results_table(std::span<const Row> rows, std::size_t width);

}  // namespace bench
