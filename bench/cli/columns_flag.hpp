// --columns, for every command that prints the table of a run.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "bench/report/columns.hpp"

namespace bench::cli {

// `lists` collects the value of each occurrence.
CLI::Option* add_columns_flag(CLI::App& command, std::vector<std::string>& lists);

// Empty: the table chooses. The failure names an unknown column.
[[nodiscard]] Outcome<report::ColumnNames> asked_columns(const std::vector<std::string>& lists);

}  // namespace bench::cli
