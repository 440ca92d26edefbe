#include "bench/cli/columns_flag.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bench::cli {

CLI::Option* add_columns_flag(CLI::App& command, std::vector<std::string>& lists) {
  return command
      .add_option("--columns", lists, "The table's columns: keys of rows, its own headers, all")
      ->type_name("NAME,..")
      ->allow_extra_args(false);
}

Outcome<report::ColumnNames> asked_columns(const std::vector<std::string>& lists) {
  if (lists.empty()) return report::ColumnNames{};
  return report::parse_columns(fmt::format("{}", fmt::join(lists, ",")));
}

}  // namespace bench::cli
