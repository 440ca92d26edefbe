// A finished run, read back from its folder.
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
  std::vector<Row> rows;  // at least one, in the order of measurement
  RunState state;
  std::string flaw;  // a sentence: what differs from a run that ended normally; or empty
};

// `path` is a run folder, or its cells.jsonl or run.json. The rows are those of cells.jsonl, which
// is always complete, or else those of run.json. The failure names the file and what is wrong with
// it.
[[nodiscard]] Outcome<RecordedRun> read_recorded_run(const std::filesystem::path& path);

}  // namespace bench::report
