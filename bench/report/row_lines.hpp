// The text of cells.jsonl, read back.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/report/row.hpp"

namespace bench::report {

struct RowLines {
  std::vector<Row> rows;
  std::vector<std::string> lines;  // of the rows, without their ends
  std::size_t bytes = 0;           // of the whole lines: what follows is a line that was cut short
};

// The failure names `path` and the line that is no row.
[[nodiscard]] Outcome<RowLines> parse_row_lines(std::string_view text,
                                                const std::filesystem::path& path);

}  // namespace bench::report
