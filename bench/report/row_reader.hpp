// The one reader of rows. A row of this program must have every key; a row of another program, or
// of an older version, is read by the same tables and may lack all but its name and its time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_result.hpp"
#include "bench/report/row.hpp"

namespace bench::report {

// Reads a row of this program back. The failure says which key is missing or wrong, or that the
// row has another schema. The spec is parsed from the name: a module's directory is lost.
[[nodiscard]] Outcome<Row> parse_row(std::string_view json);

// A row in Google Benchmark's form, of any program or version.
struct AnyRow {
  std::string name;
  bool aggregate = false;     // a statistic of other rows, without values of its own
  cells::CellResult outcome;  // whether it failed or was skipped, and the message
  // The compared measures that the row has, by key. A counter is its `_max` if there is one; a
  // counter that may depend on timing is in both maps. Times are in ns.
  std::map<std::string_view, std::uint64_t> counters;
  std::map<std::string_view, double> samples;
};

// `place` is what the failure calls a row without a name.
[[nodiscard]] Outcome<AnyRow> read_any_row(const nlohmann::json& object, std::string_view place);

}  // namespace bench::report
