// The compared values of a results file from any source, validated.
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
  std::string message;  // why the first one failed or was skipped
  // The compared values by key, one per invocation that ran and has the key. A counter is its
  // `_max` if the row has one; a counter that may depend on timing is in both maps.
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> counters;
  std::map<std::string, std::vector<double>, std::less<>> samples;
};

struct RunFile {
  std::filesystem::path path;
  std::map<std::string, std::string, std::less<>> context;  // strings, and numbers as strings
  std::vector<RunCell> cells;                               // in file order
  std::map<std::string, std::size_t, std::less<>> cell_at;  // index into `cells` by name

  [[nodiscard]] const RunCell* find(std::string_view name) const;
};

// `path` is a run folder, a run.json or any Google Benchmark JSON. Aggregate rows are ignored. The
// failure names the file and what is wrong with it.
[[nodiscard]] Outcome<RunFile> read_run_file(const std::filesystem::path& path);

}  // namespace bench::report
