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
  std::vector<std::string> lines;  // one per row, without newlines
  std::size_t bytes = 0;           // of the complete lines; a cut-off line may follow
};

// The failure names `path` and the line that is not a row.
[[nodiscard]] Outcome<RowLines> parse_row_lines(std::string_view text,
                                                const std::filesystem::path& path);

}  // namespace bench::report
