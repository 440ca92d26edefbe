#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/cli/number_flags.hpp"
#include "tests/support/catch.hpp"

using bench::cells::Unit;
using bench::cli::takes_number;
using bench::cli::takes_numbers;

namespace {

// What the parser complains of, without the flag that it puts in front. Empty: nothing.
std::string complaint_of(CLI::App& app, const std::string& line) {
  try {
    app.parse(line);
    return {};
  } catch (const CLI::ValidationError& error) {
    const std::string text = error.what();
    return text.substr(text.find(": ") + 2);
  }
}

}  // namespace

TEST_CASE("a number with a suffix arrives in the flag's own unit") {
  CLI::App app;
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> seconds;
  takes_number(app.add_option("--space", bytes), {.unit = Unit::kBytes});
  takes_number(app.add_option("--timeout,--time", seconds), {.unit = Unit::kSeconds});
  CHECK(complaint_of(app, "--space 64MiB").empty());
  CHECK(bytes == 64 << 20);
  CHECK_FALSE(seconds);
  CHECK(complaint_of(app, "--time=2min --space 18446744073709551615").empty());
  CHECK(bytes == 18'446'744'073'709'551'615U);
  CHECK(seconds == 120);
}

TEST_CASE("a list of numbers arrives in plain digits") {
  CLI::App app;
  std::vector<std::string> lists;
  takes_numbers(app.add_option("--hold", lists), {});
  CHECK(complaint_of(app, "--hold 1,2k --hold 3M").empty());
  CHECK(lists == std::vector<std::string>{"1,2000", "3000000"});
}

TEST_CASE("the parser complains of what is no number in the words of the grammar") {
  CLI::App app;
  std::uint64_t number = 7;
  std::string list;
  takes_number(app.add_option("--number", number), {1, 10});
  takes_numbers(app.add_option("--list", list), {});
  CHECK(complaint_of(app, "--number 010") ==
        "--number takes a whole number from 1 to 10, not '010': it begins with a zero, write 10");
  CHECK(complaint_of(app, "--list 1,000").starts_with("--list 1,000: a comma separates"));
  CHECK(number == 7);
}
