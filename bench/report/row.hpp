// A result row: one invocation of one cell, as an object of Google Benchmark's JSON.
//
// Rows that ran have every key, in one order. Heap sizes that differ between processes have `_min`
// and
// `_max` beside them; several --settle times have `resident_settled_<ms>` each, and
// `resident_settled` is the last. `pause_p99_ns` is null below 100 samples: the consumers of this
// format (compare.py, github-action-benchmark, Bencher) read name, times and time_unit and pass
// over everything else. Failed and skipped rows have the times too, as 0, because a row without
// them makes those consumers refuse the whole file. Numbers are finite always.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/report/outcome.hpp"

namespace bench {

struct Row {
  CellSpec spec;
  CellResult result;
  std::uint64_t invocation = 0;  // 0-based
  std::uint64_t invocations = 1;
};

// purge/<strategy>/<allocator>[:preset]/area:N/term:N/held:N/holders:N/bystanders:N/heap:N/shape:S,
// or module:M (the file's stem) for area, term and shape; then every other axis that is not at its
// default. No '/' inside a segment: one in a path is written %2F (and % as %25). Holding one
// literal, the default, is held:<term_words>, or held:1 for a module.
[[nodiscard]] std::string cell_name(const CellSpec& spec);

// The name without strategy and allocator: cells that differ in these alone are to be compared.
[[nodiscard]] std::string scenario_name(const CellSpec& spec);

[[nodiscard]] nlohmann::ordered_json row_json(const Row& row);

// row_json as one line, without its end.
[[nodiscard]] std::string to_json_line(const Row& row);

// Reads a row back. What a row does not say (the path of a module, a single --settle time, the size
// of the literal space) stays at its default.
[[nodiscard]] Outcome<Row> parse_row(std::string_view json);

}  // namespace bench
