// The table of a run, for a terminal.
//
// One block per scenario, with a line per allocator and strategy. A value is the median over the
// invocations, followed by [min..max] if there is room. Resident memory is shown as growth over the
// reading before the purge; growth below the kernel's resolution prints as <0.25. Failed and
// skipped cells are listed among the others, with the reason.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/report/columns.hpp"
#include "bench/report/row.hpp"

namespace bench::report {

// No line is wider than `width` columns (at least 40 are assumed); the most important columns get
// room first. If `columns` (from parse_columns()) are given, exactly those are shown, in that
// order; those that do not fit go into further tables below.
[[nodiscard]] std::string results_table(std::span<const Row> rows, std::size_t width,
                                        const ColumnNames& columns = {});

}  // namespace bench::report
