#include "bench/report/row_lines.hpp"

#include <utility>

#include <fmt/format.h>

#include "bench/report/row_reader.hpp"

namespace bench::report {

Outcome<RowLines> parse_row_lines(std::string_view text, const std::filesystem::path& path) {
  RowLines all;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', all.bytes)) {
    const std::string_view line = text.substr(all.bytes, end - all.bytes);
    auto row = parse_row(line);
    if (!row) {
      return Failure{fmt::format("{} line {}: {}", path.string(), all.lines.size() + 1,
                                 row.failure().sentence)};
    }
    all.rows.push_back(std::move(row).value());
    all.lines.emplace_back(line);
    all.bytes = end + 1;
  }
  return all;
}

}  // namespace bench::report
