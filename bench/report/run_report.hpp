// What a run found: its table, its words, and where it is.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "bench/report/columns.hpp"
#include "bench/report/row.hpp"
#include "bench/report/run_state.hpp"

namespace bench::report {

// For a terminal of `width` columns. No `columns`: the table chooses. The same for a run as it ends
// and for one that was read back from its folder.
[[nodiscard]] std::string run_report(std::span<const Row> rows, RunState state,
                                     const std::filesystem::path& dir, const ColumnNames& columns,
                                     std::size_t width);

}  // namespace bench::report
