// Columns of a table that somebody asked for by name.
//
// A name is a key of a result row (report/row.hpp), which is shown as the row has it, with its
// unit; or the header of a column that the table has of itself (report/quantities.hpp), where
// resident and reserved memory are growth. "all" is every key that is measured.
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
  // What a cell that ran has in it: the median of its invocations, with [min..max] where that is
  // asked for and they differ. "-": it was not measured.
  std::function<std::string(const MeasuredCell&, bool spread)> text;
  const Quantity* quantity = nullptr;  // null: a row's key
};

using ColumnNames = std::vector<std::string>;

// The names of a list by comma, each once, in its order. The failure names one that there is not,
// and the nearest that there is.
[[nodiscard]] Outcome<ColumnNames> parse_columns(std::string_view list);

// What parse_columns() accepts, but for resident_settled_<ms> of any time.
[[nodiscard]] std::span<const std::string_view> column_names();

// Of names that parse_columns() gave. The results that they are shown outlive the columns.
[[nodiscard]] std::vector<Column> named_columns(const ColumnNames& names);

}  // namespace bench::report
