#include <cstdlib>
#include <optional>
#include <string>

#include "bench/report/terminal.hpp"
#include "tests/support/catch.hpp"

namespace {

constexpr int kNoTerminal = -1;

// The width where no terminal tells it and COLUMNS is this.
std::size_t width_with(const char* columns) {
  const char* const variable = std::getenv("COLUMNS");
  const auto before = variable == nullptr ? std::nullopt : std::optional<std::string>(variable);
  setenv("COLUMNS", columns, 1);
  const std::size_t width = bench::report::terminal_width(kNoTerminal);
  unsetenv("COLUMNS");
  if (before) setenv("COLUMNS", before->c_str(), 1);
  return width;
}

}  // namespace

TEST_CASE("COLUMNS says how wide a table may be, within reason") {
  CHECK(width_with("60") == 60);
  CHECK(width_with("1") == 40);
  CHECK(width_with("100000") == 400);
}

TEST_CASE("a COLUMNS that is no number says nothing") {
  for (const char* const columns : {"", "0", "-1", "+60", "060", "60x", " 60", "sixty"}) {
    INFO(columns);
    CHECK(width_with(columns) == bench::report::kDefaultTerminalWidth);
  }
}
