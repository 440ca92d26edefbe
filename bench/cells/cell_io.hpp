// A cell's spec and result as JSON, as passed between the runner and its child process.
#pragma once

#include <string>
#include <string_view>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "engine/base/result.hpp"

namespace bench::cells {

[[nodiscard]] std::string to_json(const CellSpec& spec);
[[nodiscard]] std::string to_json(const CellResult& result);
// Error: not JSON as to_json writes it.
[[nodiscard]] beam::Result<CellSpec> parse_cell_spec(std::string_view json);
[[nodiscard]] beam::Result<CellResult> parse_cell_result(std::string_view json);

}  // namespace bench::cells
