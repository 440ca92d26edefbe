// One run, one folder: cells.jsonl grows by one line per row as it arrives; run.json, the same rows
// in Google Benchmark's shape, is replaced by rename after each.
//
// Invariant: every row that was added is in rows(), and in cells.jsonl as a whole line or not at
// all. A row that could not be written (disk full) is written with the next one, so a failed write
// loses nothing.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/report/outcome.hpp"
#include "bench/report/row.hpp"

namespace bench {

class RunFolder {
 public:
  // `dir` is absent (it is made, with its parents) or empty. `context` is JSON text.
  [[nodiscard]] static Outcome<RunFolder> create(const std::filesystem::path& dir,
                                                 std::string context);
  // `dir` holds a run that ended early: its rows come back, a line cut short by a crash is dropped.
  // An absent or empty one is created.
  [[nodiscard]] static Outcome<RunFolder> resume(const std::filesystem::path& dir,
                                                 std::string context);

  RunFolder(RunFolder&& other) noexcept;
  RunFolder& operator=(RunFolder&& other) noexcept;
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  ~RunFolder();

  // Keeps the row and writes both files. A failure names the file; the run may go on.
  [[nodiscard]] Outcome<Done> add(Row row);
  // Writes what an earlier failure left unwritten, and asks the kernel to store it.
  [[nodiscard]] Outcome<Done> finish();

  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  [[nodiscard]] const std::filesystem::path& dir() const noexcept { return dir_; }
  // The text of run.json.
  [[nodiscard]] std::string run_json() const;

 private:
  RunFolder(std::filesystem::path dir, std::string context, int fd);

  [[nodiscard]] std::filesystem::path cells_path() const { return dir_ / "cells.jsonl"; }
  [[nodiscard]] Outcome<Done> take_rows(const std::string& text);
  [[nodiscard]] Outcome<Done> write_pending();

  std::filesystem::path dir_;
  std::string context_;
  int fd_ = -1;  // cells.jsonl, locked against a second run
  std::vector<Row> rows_;
  std::vector<std::string> lines_;  // rows_ as JSON
  std::size_t written_ = 0;         // lines that are in cells.jsonl
};

// The text of a run.json: a context and rows, all JSON text.
[[nodiscard]] std::string run_json_text(const std::string& context,
                                        const std::vector<std::string>& lines);

}  // namespace bench
