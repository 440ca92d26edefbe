// A run that is over, read back from its folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/report/row.hpp"
#include "bench/report/run_state.hpp"

namespace bench::report {

struct RecordedRun {
  std::filesystem::path dir;
  std::vector<Row> rows;  // one at least, in the order in which they were measured
  RunState state;
  std::string flaw;  // a sentence: what is not as a run leaves it when it ends; empty: nothing
};

// `path` is a run folder, or its cells.jsonl or run.json. The rows are those of cells.jsonl, which
// has them all at any time, or else those of run.json. The failure names the file and what is wrong
// with it.
[[nodiscard]] Outcome<RecordedRun> read_recorded_run(const std::filesystem::path& path);

}  // namespace bench::report
