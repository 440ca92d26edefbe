// The report of a run: its table, its summary, and its folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "bench/report/columns.hpp"
#include "bench/report/row.hpp"
#include "bench/report/run_state.hpp"

namespace bench::report {

// For a terminal of `width` columns. No `columns`: the table chooses. The same when a run ends and
// when it is read back from its folder.
[[nodiscard]] std::string run_report(std::span<const Row> rows, RunState state,
                                     const std::filesystem::path& dir, const ColumnNames& columns,
                                     std::size_t width);

}  // namespace bench::report
