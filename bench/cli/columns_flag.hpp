// --columns, which every command that prints the table of a run takes.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "bench/report/columns.hpp"

namespace bench::cli {

// `lists` gets what was given, each time it was.
CLI::Option* add_columns_flag(CLI::App& command, std::vector<std::string>& lists);

// Empty: the table chooses. The failure names what is no column.
[[nodiscard]] Outcome<report::ColumnNames> asked_columns(const std::vector<std::string>& lists);

}  // namespace bench::cli
