// The difference between two runs, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/measures.hpp"
#include "bench/report/run_file.hpp"
#include "bench/stats/sample.hpp"

namespace bench::report {

enum class Verdict { kEqual, kImproved, kRegressed, kSkipped, kFailedBefore };

// The largest value of any invocation on each side.
struct CounterDiff {
  std::string_view key;
  std::uint64_t base = 0;
  std::uint64_t contender = 0;
  bool varies = false;  // between invocations of one side, which is unexpected
};

struct MeasureDiff {
  const cells::Measure* measure;
  stats::Sample base;
  stats::Sample contender;

  // New over old; empty if the old value is 0.
  [[nodiscard]] std::optional<double> ratio() const;
  // How the intervals of the medians lie: "apart", "overlap", or "one each" if there are none.
  [[nodiscard]] std::string_view certainty() const;
  // The lower confidence level of the two intervals.
  [[nodiscard]] double level() const;
};

struct CellDiff {
  std::string name;
  Verdict verdict = Verdict::kEqual;
  std::string message;                    // why a cell failed or was skipped
  std::vector<CounterDiff> gated;         // those that both sides have
  std::vector<CounterDiff> inputs;        // those that differ
  std::vector<std::string_view> missing;  // gated counters in BASE but not in NEW
  std::vector<MeasureDiff> measures;
};

struct RunDiff {
  std::vector<CellDiff> cells;
  std::vector<std::string> only_in_base;
  std::vector<std::string> only_in_contender;

  [[nodiscard]] std::size_t count(Verdict verdict) const;
};

// The counters that must not grow in such a cell; those of bystanders come last.
[[nodiscard]] std::vector<const cells::Measure*> gated_measures(const cells::CellSpec& spec);

// Cells are matched by name, in the order of BASE.
[[nodiscard]] RunDiff diff_runs(const RunFile& base, const RunFile& contender);

}  // namespace bench::report
