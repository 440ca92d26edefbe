#include "bench/report/run_report.hpp"

#include <fmt/format.h>

#include "bench/report/summary.hpp"
#include "bench/report/table.hpp"
#include "bench/report/text_table.hpp"

namespace bench::report {

std::string run_report(std::span<const Row> rows, RunState state, const std::filesystem::path& dir,
                       const ColumnNames& columns, std::size_t width) {
  std::string text;
  for (const std::string& part : {results_table(rows, width, columns), summary(rows, width)}) {
    if (!part.empty()) text += part + "\n";
  }
  const std::string folder = printable(dir.string());
  return text + fmt::format("Run folder: {}\n{}", folder, how_to_go_on(state, folder));
}

}  // namespace bench::report
