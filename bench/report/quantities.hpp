// The table's own columns: a measure each (cells/measures.hpp), with its header and meaning.
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
  const cells::Measure* measure = nullptr;  // shown as growth if it has a base reading
  // Explanation for the legend, if the header needs one.
  std::string_view meaning = {};
  // The same for a table without the "peak" column that `meaning` refers to.
  std::string_view meaning_alone = {};
  // Null: by the measure's unit.
  std::string (*format)(double) = nullptr;

  // Empty: not measured, or there is no process it applies to.
  [[nodiscard]] std::optional<double> read(const cells::CellResult& result) const;
  [[nodiscard]] std::optional<stats::Sample> sample(const MeasuredCell& cell) const;
};

// Whether the seed alone decides it in such a cell. It then has a column only if strategies differ.
[[nodiscard]] bool is_fixed(const Quantity& quantity, const cells::CellSpec& spec);

// Whether bystanders' pauses are means over batches of PurgeTimer::kBatch.
[[nodiscard]] bool times_in_batches(const cells::CellSpec& spec);

// In the order of the table.
[[nodiscard]] std::span<const Quantity> table_quantities();

// "12.3 ms", or "12.3 ms [11.9..13.0]" with the spread; "-" if not measured.
[[nodiscard]] std::string format_sample(const Quantity& quantity,
                                        const std::optional<stats::Sample>& sample, bool spread);
[[nodiscard]] std::string format_sample(const std::function<std::string(double)>& format,
                                        const std::optional<stats::Sample>& sample, bool spread);

}  // namespace bench::report
