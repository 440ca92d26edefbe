// One run, one folder: cells.jsonl grows by one line per row as it arrives; run.json, the same rows
// in Google Benchmark's shape, is replaced by rename after each.
//
// The context in run.json records how far the run came (run_state.hpp), so a killed run shows it.
//
// Invariant: every added row is in rows(), and in cells.jsonl either as a whole line or not at all.
// A row that could not be written (disk full) is written with the next one, so a failed write loses
// nothing.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/report/one_run.hpp"
#include "bench/report/row.hpp"
#include "bench/report/run_state.hpp"

namespace bench::report {

inline constexpr std::string_view kCellsFile = "cells.jsonl";
inline constexpr std::string_view kRunFile = "run.json";

class RunFolder {
 public:
  // `dir` is absent (it is created, with its parents) or empty. `context` is a JSON object as text.
  [[nodiscard]] static Outcome<RunFolder> create(const std::filesystem::path& dir,
                                                 std::string context);
  // `dir` holds a run that ended early: its rows are read back; a line cut off by a crash is
  // dropped. An absent or empty one is created. Failure: it is neither, its lines are not rows, its
  // rows cannot be one run with `identity` (one_run.hpp), or another run is writing to it.
  [[nodiscard]] static Outcome<RunFolder> resume(const std::filesystem::path& dir,
                                                 std::string context, const RunIdentity& identity);

  RunFolder(RunFolder&& other) noexcept;
  RunFolder& operator=(RunFolder&& other) noexcept;
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  ~RunFolder();

  // The rows of the complete run, including those already present.
  void expect(std::size_t rows) noexcept { expected_ = rows; }

  // Keeps the row and writes both files. A failure names the file; the run may go on.
  [[nodiscard]] Outcome<Done> add(Row row);
  // Writes both files, including rows that an earlier failure left out. Call it at the end of a
  // run: a run without cells has a run.json too. The run.json of a complete run to which nothing
  // was added is kept, with its date and command line.
  [[nodiscard]] Outcome<Done> finish();

  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  [[nodiscard]] const std::filesystem::path& dir() const noexcept { return dir_; }
  [[nodiscard]] RunState state() const noexcept { return {rows_.size(), expected_}; }
  // The text of run.json.
  [[nodiscard]] std::string run_json() const;

 private:
  RunFolder(std::filesystem::path dir, std::string context, int fd);

  // `flags` are added to the open() flags that every run folder needs.
  [[nodiscard]] static Outcome<RunFolder> open(const std::filesystem::path& dir,
                                               std::string context, int flags);
  [[nodiscard]] std::filesystem::path cells_path() const { return dir_ / kCellsFile; }
  [[nodiscard]] Outcome<Done> take_rows();
  void keep_complete_run();
  [[nodiscard]] Outcome<Done> append_pending();
  [[nodiscard]] Outcome<Done> write_run_file();

  std::filesystem::path dir_;
  std::string context_;
  int fd_ = -1;  // cells.jsonl, locked against a second run
  std::vector<Row> rows_;
  std::vector<std::string> lines_;  // rows_ as JSON
  std::size_t in_cells_file_ = 0;
  std::size_t in_run_file_ = 0;
  std::size_t expected_ = 0;
  // The run.json found on resuming, if it is valid and of a complete run.
  std::string kept_;
};

// The text of a run.json from a context and rows, all JSON text.
[[nodiscard]] std::string run_json_text(std::string_view context,
                                        std::span<const std::string> lines);

}  // namespace bench::report
