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
  bool varies = false;  // between the invocations of a side, which no counter should
};

struct MeasureDiff {
  const cells::Measure* measure;
  stats::Sample base;
  stats::Sample contender;

  // New to old; empty where the old one is 0.
  [[nodiscard]] std::optional<double> ratio() const;
  // What the intervals of the medians say about the difference: "apart", "overlap", or "one each"
  // where there are none.
  [[nodiscard]] std::string_view certainty() const;
  // Of the two intervals the lower.
  [[nodiscard]] double level() const;
};

struct CellDiff {
  std::string name;
  Verdict verdict = Verdict::kEqual;
  std::string message;                    // why a cell failed or was skipped
  std::vector<CounterDiff> gated;         // all that both sides have
  std::vector<CounterDiff> inputs;        // that differ
  std::vector<std::string_view> missing;  // gated counters that BASE has and NEW has not
  std::vector<MeasureDiff> measures;
};

struct RunDiff {
  std::vector<CellDiff> cells;
  std::vector<std::string> only_in_base;
  std::vector<std::string> only_in_contender;

  [[nodiscard]] std::size_t count(Verdict verdict) const;
};

// The counters that must not grow, and judge, in such a cell; those of bystanders come last.
[[nodiscard]] std::vector<const cells::Measure*> gated_measures(const cells::CellSpec& spec);

// Cells are matched by name, in the order of BASE.
[[nodiscard]] RunDiff diff_runs(const RunFile& base, const RunFile& contender);

}  // namespace bench::report
