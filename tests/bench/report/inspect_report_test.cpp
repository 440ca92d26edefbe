#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/inspect_report.hpp"
#include "bench/report/text_table.hpp"
#include "tests/support/catch.hpp"

using bench::report::InspectRow;

namespace {

InspectRow config() {
  InspectRow row;
  row.file = "ebin/config.beam";
  row.module = "config";
  row.compiled_by = "8.2.3";
  row.area_words = row.area_words_min = row.area_words_max = 100020;
  row.static_words = 100000;
  row.line_words = 20;
  row.literals = 3572;
  row.off_heap_bytes = 5000;
  return row;
}

InspectRow atoms() {
  InspectRow row;
  row.file = "atoms.beam";
  row.module = "atoms";
  row.area_words = 714;
  row.static_words = 700;
  row.line_words = 14;
  row.area_words_min = 690;
  row.area_words_max = 720;
  row.literals = 2;
  return row;
}

nlohmann::ordered_json json_of(const std::vector<InspectRow>& rows) {
  return nlohmann::ordered_json::parse(bench::report::inspect_json(rows));
}

}  // namespace

TEST_CASE("an inspected module has exactly its keys, in their order") {
  CHECK(bench::report::inspect_json(std::vector{config()}) == R"([
  {
    "file": "ebin/config.beam",
    "module": "config",
    "otp_release": "25",
    "compiled_by": "8.2.3",
    "area_words": 100020,
    "static_words": 100000,
    "line_words": 20,
    "dynamic_words": 0,
    "area_bytes": 800160,
    "block_bytes": 800184,
    "literals": 3572,
    "off_heap_bytes": 5000
  }
]
)");
}

TEST_CASE("a module whose words vary says between what") {
  const auto json = json_of({config(), atoms()});
  CHECK_FALSE(json[0].contains("area_words_min"));
  CHECK(json[1]["area_words_min"] == 690);
  CHECK(json[1]["area_words_max"] == 720);
}

TEST_CASE("a module without a compiler's version says null") {
  CHECK(json_of({atoms()})[0]["compiled_by"].is_null());
}

TEST_CASE("no block is smaller than the allocator's smallest") {
  auto row = atoms();
  for (const auto& [words, bytes] : {std::pair{0U, 56U}, {3U, 56U}, {4U, 56U}, {5U, 64U}}) {
    row.area_words = words;
    CHECK(json_of({row})[0]["block_bytes"] == bytes);
  }
}

TEST_CASE("the table of inspected modules has their words and a total") {
  const auto table = bench::report::inspect_table(std::vector{config(), atoms()}, 80);
  CHECK(table.starts_with(
      "module  area words     bytes   static  line  dynamic  literals  off heap\n"
      "config     100,020   781 KiB  100,000    20        0     3,572  4.88 KiB\n"
      "atoms          714  5.58 KiB      700    14        0         2       0 B\n"
      "        between 690 and 720 words, from one run of the VM to the next\n"
      "all 2      100,734   787 KiB  100,700    34        0     3,574  4.88 KiB\n"));
}

TEST_CASE("the table of inspected modules fits its terminal") {
  auto row = config();
  row.module = "a_module_of_a_rather_long_name_that_alone_would_fill_most_of_a_terminal";
  for (const std::size_t width : {72U, 80U, 200U}) {
    std::istringstream lines(bench::report::inspect_table(std::vector{row, atoms()}, width));
    for (std::string line; std::getline(lines, line);)
      CHECK(bench::report::text_width(line) <= width);
  }
}
