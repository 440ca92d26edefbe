// The columns that a table has of itself: a measure each (cells/measures.hpp), and what it is
// called and means in words.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/measures.hpp"
#include "bench/report/scenarios.hpp"

namespace bench::report {

struct Quantity {
  std::string_view header;
  const cells::Measure* measure = nullptr;  // shown as growth where it grew from something
  // What the header does not say by itself, for the legend.
  std::string_view meaning = {};
  // The same where "peak", which the meaning refers to, has no column before this one.
  std::string_view meaning_alone = {};
  // Null: as the measure's unit is.
  std::string (*format)(double) = nullptr;

  // Empty: the result does not say, or there is no process that it would be of.
  [[nodiscard]] std::optional<double> read(const cells::CellResult& result) const;
  [[nodiscard]] std::optional<stats::Sample> sample(const MeasuredCell& cell) const;
};

// Whether the seed alone decides it in such a cell. Then it has a column only if strategies differ.
[[nodiscard]] bool is_fixed(const Quantity& quantity, const cells::CellSpec& spec);

// Whether pauses of bystanders are taken as means of PurgeTimer::kBatch of them.
[[nodiscard]] bool times_in_batches(const cells::CellSpec& spec);

// In the order of the table.
[[nodiscard]] std::span<const Quantity> table_quantities();

// "12.3 ms", or "12.3 ms [11.9..13.0]" with the spread; "-" for what was not measured.
[[nodiscard]] std::string format_sample(const Quantity& quantity,
                                        const std::optional<stats::Sample>& sample, bool spread);
[[nodiscard]] std::string format_sample(const std::function<std::string(double)>& format,
                                        const std::optional<stats::Sample>& sample, bool spread);

}  // namespace bench::report
