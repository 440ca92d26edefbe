// What a table shows of a cell: one entry per column, from which everything else about it follows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/report/scenarios.hpp"

namespace bench {

struct Quantity {
  std::string_view header;
  std::string (*format)(double) = nullptr;
  // Empty: the result does not say.
  std::optional<double> (*read)(const CellResult&) = nullptr;
  // The lower, the earlier a column gets a place where there is not room for all; 0: it has one
  // only where it is asked for by name.
  int rank = 0;
  // The same for the [min..max] behind the median; 0: it is never shown.
  int spread_rank = 0;
  // The key of the counter that it shows, or empty. Where that is deterministic it has a column
  // only if strategies differ.
  std::string_view counter = {};
  // What the header does not say by itself, for the legend.
  std::string_view meaning = {};
  // The same where "peak", which the meaning refers to, has no column before this one.
  std::string_view meaning_alone = {};
};

// Whether the seed alone decides it in such a cell.
[[nodiscard]] bool is_fixed(const Quantity& quantity, const CellSpec& spec);

// Whether pauses of bystanders are taken as means of PurgeTimer::kBatch of them.
[[nodiscard]] bool times_in_batches(const CellSpec& spec);

// In the order of the table.
[[nodiscard]] std::span<const Quantity> table_quantities();

// "12.3 ms", or "12.3 ms [11.9..13.0]" with the spread; "-" for what was not measured.
[[nodiscard]] std::string format_sample(const Quantity& quantity,
                                        const std::optional<Sample>& sample, bool spread);

}  // namespace bench
