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

#include "bench/report/columns.hpp"
#include "bench/report/row.hpp"

namespace bench::report {

// No line is wider than `width` columns (at least 40 are assumed); the most important columns come
// first.
// Where `columns` are given, as parse_columns() gives them, those are shown and no others, in their
// order; the ones that do not fit beside each other are in further tables below.
[[nodiscard]] std::string results_table(std::span<const Row> rows, std::size_t width,
                                        const ColumnNames& columns = {});

}  // namespace bench::report
