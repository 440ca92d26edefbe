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

#include "bench/report/outcome.hpp"

namespace bench {

// A quantity that may differ between runs of the same code: its key in a row, and its unit.
struct Measure {
  std::string_view key;
  bool bytes = false;  // else ns
};

// Of all of a row's times and bytes. One that is deterministic in a cell (determinism.hpp) is
// compared as a counter there.
inline constexpr Measure kMeasures[] = {{"real_time"},
                                        {"pause_p50_ns"},
                                        {"pause_p99_ns"},
                                        {"pause_max_ns"},
                                        {"bystander_pause_max_ns"},
                                        {"reserved_peak", true},
                                        {"resident_peak", true},
                                        {"resident_settled", true},
                                        {"resident_collected", true},
                                        {"resident_trimmed", true}};

// The rows of one name.
struct RunCell {
  std::string name;
  std::size_t ran = 0;  // invocations
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::string message;  // why the first of these failed or was skipped
  // By key, one value per invocation that ran and has it. A counter is its `_max` where the row has
  // one.
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> counters;
  std::map<std::string, std::vector<double>, std::less<>> measures;
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

}  // namespace bench
