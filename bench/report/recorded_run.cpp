#include "bench/report/recorded_run.hpp"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/files.hpp"
#include "bench/report/row_lines.hpp"
#include "bench/report/row_reader.hpp"
#include "bench/report/run_folder.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// The context and the rows of a run.json. The failure names it.
class RunJson {
 public:
  [[nodiscard]] static Outcome<RunJson> read(const fs::path& path) {
    BEAM_TRY(const auto text, read_file(path));
    RunJson file(path);
    file.root_ = Json::parse(text, nullptr, false);
    if (file.root_.is_discarded()) return Failure{fmt::format("{} is not JSON", path.string())};
    if (!file.root_.is_object() || !file.root_.contains("benchmarks") ||
        !file.root_.at("benchmarks").is_array()) {
      return Failure{fmt::format(R"({} is no run: it has no "benchmarks")", path.string())};
    }
    return file;
  }

  [[nodiscard]] RunState state() const {
    const auto context = root_.find("context");
    return context == root_.end() ? RunState() : state_in(context->dump());
  }

  [[nodiscard]] Outcome<std::vector<Row>> rows() const {
    std::vector<Row> rows;
    for (const Json& each : root_.at("benchmarks")) {
      auto row = parse_row(each.dump());
      if (!row) {
        return Failure{fmt::format("{} benchmarks[{}]: {}", path_.string(), rows.size(),
                                   row.failure().sentence)};
      }
      rows.push_back(std::move(row).value());
    }
    return rows;
  }

 private:
  explicit RunJson(fs::path path) : path_(std::move(path)) {}

  fs::path path_;
  Json root_;
};

// Rows of cells.jsonl, and what run.json beside it says of the whole run.
Outcome<RecordedRun> read_cells(const fs::path& cells, const fs::path& run_json) {
  BEAM_TRY(const auto text, read_file(cells));
  BEAM_TRY(auto lines, parse_row_lines(text, cells));
  RecordedRun run;
  run.rows = std::move(lines.rows);
  if (lines.bytes < text.size()) {
    run.flaw = fmt::format("{} ends in a part of a row, which is left out", cells.string());
  }
  const auto whole = RunJson::read(run_json);
  if (whole) {
    run.state = whole.value().state();
  } else if (run.flaw.empty()) {
    run.flaw = whole.failure().sentence + ", so it is not known how many cells the run had";
  }
  // run.json is not rewritten after every row.
  if (run.state.planned > 0) run.state.done = run.rows.size();
  return run;
}

Outcome<RecordedRun> read_run_json(const fs::path& path) {
  BEAM_TRY(const auto file, RunJson::read(path));
  BEAM_TRY(auto rows, file.rows());
  RecordedRun run;
  run.rows = std::move(rows);
  run.state = file.state();
  return run;
}

Outcome<RecordedRun> read_folder(const fs::path& dir) {
  const fs::path cells = dir / kCellsFile;
  const fs::path run_json = dir / kRunFile;
  if (is_file(cells)) return read_cells(cells, run_json);
  if (is_file(run_json)) return read_run_json(run_json);
  return Failure{
      fmt::format("{} holds no run: it has neither {} nor {}", dir.string(), kCellsFile, kRunFile)};
}

Outcome<RecordedRun> read_any(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return read_folder(path);
  if (!fs::exists(path, error)) return system_failure("open", path, ENOENT);
  if (path.extension() == ".jsonl") return read_cells(path, path.parent_path() / kRunFile);
  return read_run_json(path);
}

}  // namespace

Outcome<RecordedRun> read_recorded_run(const fs::path& path) {
  auto run = read_any(path);
  if (!run) return run;
  std::error_code error;
  run.value().dir = fs::is_directory(path, error) ? path : path.parent_path();
  const RunState state = run.value().state;
  if (run.value().rows.empty()) {
    return Failure{fmt::format("{} holds a run without a row: it ended before its first cell did",
                               path.string())};
  }
  if (state.interrupted() && run.value().flaw.empty()) {
    run.value().flaw = fmt::format("{} holds a run that was cut short, or still goes on: {} of {} "
                                   "cells are done",
                                   path.string(), state.done, state.planned);
  }
  return run;
}

}  // namespace bench::report
