// Table columns selected by name.
//
// A name is a key of a result row (report/row.hpp), shown as in the row, with its unit; or the
// header of one of the table's own columns (report/quantities.hpp), which show resident and
// reserved memory as growth. "all" means every measured key.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/report/quantities.hpp"
#include "bench/report/scenarios.hpp"
#include "bench/report/text_table.hpp"

namespace bench::report {

struct Column {
  std::string header;
  Align align = Align::kRight;
  // Its text for a cell that ran: the median of its invocations, with [min..max] if asked for and
  // they differ. "-": not measured.
  std::function<std::string(const MeasuredCell&, bool spread)> text;
  const Quantity* quantity = nullptr;  // null: a row's key
};

using ColumnNames = std::vector<std::string>;

// The names in a comma-separated list, each once, in the order given. The failure names an unknown
// one and the nearest known one.
[[nodiscard]] Outcome<ColumnNames> parse_columns(std::string_view list);

// What parse_columns() accepts, except resident_settled_<ms>.
[[nodiscard]] std::span<const std::string_view> column_names();

// `names` comes from parse_columns(). The results shown must outlive the columns.
[[nodiscard]] std::vector<Column> named_columns(const ColumnNames& names);

}  // namespace bench::report
