// A result row: one invocation of one cell, as an object of Google Benchmark's JSON.
//
// Rows that ran have every key, in one order. Heap sizes that differ between processes have `_min`
// and `_max` beside them; several --settle times have `resident_settled_<ms>` each, and
// `resident_settled` is the last. `reserved_*` is what heaps asked for, `resident_*` what the
// kernel backs, `virtual_*` the address space, `virtual_peak` over the child's whole life
// (cells/cell_result.hpp says what each leaves out). `pause_p99_ns` is null below 100 samples,
// `dead_*` without dead holders, and so are `allocator_*` (the allocator's own statistics after the
// purge) and `group_peak` where unavailable. The consumers of this format (compare.py,
// github-action-benchmark, Bencher) read name, times and time_unit and ignore everything else.
// Failed and skipped rows have the times too, as 0: without them those consumers reject the whole
// file. Rows of a module have no term_words (0) and no shape (""), others no module (""). All
// numbers are finite.
//
// A row records what shaped its figures: `allocator_build_id` (or "sha256:.." of a library without
// one; empty where there is no library), `allocator_env` (an object: every environment variable of
// the child that can tune an allocator, including LD_PRELOAD, and the target of the link
// /etc/malloc.conf), `module_hash` (the SHA-256 of the file, as sha256sum prints it; empty without
// a module) and, last of the settings, the keys of provenance.hpp.
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/report/cell_name.hpp"

namespace bench::report {

struct Row {
  cells::CellSpec spec;
  cells::CellResult result;
  std::uint64_t invocation = 0;  // 0-based
  std::uint64_t invocations = 1;
};

[[nodiscard]] nlohmann::ordered_json row_json(const Row& row);

// row_json as one line, without the newline.
[[nodiscard]] std::string to_json_line(const Row& row);

}  // namespace bench::report
