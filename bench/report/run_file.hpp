// Results read back from a file that anybody may have written: validated, and only what is
// compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"

namespace bench::report {

// The rows of one name.
struct RunCell {
  std::string name;
  std::size_t ran = 0;  // invocations
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::string message;  // why the first of these failed or was skipped
  // What is compared, by key, one value per invocation that ran and has it. A counter is its `_max`
  // where the row has one; a counter that may depend on timing is in both.
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> counters;
  std::map<std::string, std::vector<double>, std::less<>> samples;
};

struct RunFile {
  std::filesystem::path path;
  std::map<std::string, std::string, std::less<>> context;  // texts, and numbers as text
  std::vector<RunCell> cells;                               // in the order of the file
  std::map<std::string, std::size_t, std::less<>> cell_at;  // where a name is in `cells`

  [[nodiscard]] const RunCell* find(std::string_view name) const;
};

// `path` is a run folder, a run.json or any Google Benchmark JSON. Aggregate rows are passed over.
// The failure names the file and what is wrong with it.
[[nodiscard]] Outcome<RunFile> read_run_file(const std::filesystem::path& path);

}  // namespace bench::report
