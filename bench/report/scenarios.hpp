// Rows grouped: the invocations of each cell, and the cells of each scenario.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/report/row.hpp"
#include "bench/stats/sample.hpp"

namespace bench::report {

struct MeasuredCell {
  cells::CellSpec spec;
  std::vector<const cells::CellResult*> ran;
  std::size_t failed = 0;   // invocations
  std::size_t skipped = 0;  // invocations
  std::string message;      // why the first one failed or was skipped

  [[nodiscard]] std::size_t invocations() const { return ran.size() + failed + skipped; }

  // The values that `read` finds in the invocations that ran; may be empty.
  template <class Read>
  [[nodiscard]] std::optional<stats::Sample> sample(const Read& read) const {
    std::vector<double> values;
    for (const auto* result : ran) {
      if (const std::optional<double> value = read(*result)) values.push_back(*value);
    }
    if (values.empty()) return std::nullopt;
    return stats::sample_of(std::move(values));
  }
};

struct MeasuredScenario {
  std::vector<MeasuredCell> cells;  // at least one

  [[nodiscard]] const cells::CellSpec& spec() const { return cells.front().spec; }
  // Any measured result, for quantities that allocators do not change. May be null.
  [[nodiscard]] const cells::CellResult* any_result() const;
};

// In the order of their first rows. The results point into `rows`.
[[nodiscard]] std::vector<MeasuredScenario> scenarios_of(std::span<const Row> rows);

// "an area of 100,000 words (781 KiB) of 28-word records; 100 holders of one literal each, 100
// bystanders", with every axis not at its default. `result` (may be null) gives a module's words.
[[nodiscard]] std::string describe(const cells::CellSpec& spec, const cells::CellResult* result);

}  // namespace bench::report
