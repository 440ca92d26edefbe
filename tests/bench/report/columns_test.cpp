#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/columns.hpp"
#include "bench/report/row.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::report::ColumnNames;
using bench::report::parse_columns;

std::string refusal(const std::string& list) {
  const auto parsed = parse_columns(list);
  REQUIRE_FALSE(parsed.ok());
  return parsed.failure().sentence;
}

// Every figure another one.
bench::report::Row distinct_row() {
  bench::report::Row row;
  row.spec.seed = 77;
  row.result.counters = sample::counters();
  row.result.counters.killed = 4;
  row.result.counters.heap_words_after = {500, 400, 600};
  row.result.times = {.purge_ns = 101'000,
                      .cpu_ns = 102'000,
                      .scan_ns = 103'000,
                      .gc_ns = 104'000,
                      .copy_ns = 105'000,
                      .release_ns = 106'000,
                      .pause_p50_ns = 107'000,
                      .pause_p99_ns = 108'000,
                      .pause_max_ns = 109'000,
                      .bystander_pause_p50_ns = 110'000,
                      .bystander_pause_max_ns = 111'000,
                      .spawn_ns = 112'000,
                      .lines_ns = 113'000,
                      .teardown_ns = 114'000,
                      .floor_ns = 115'000,
                      .efficiency = 0.25};
  constexpr std::uint64_t kMib = sample::kMib;
  row.result.memory = {
      .resident_base = 1 * kMib,
      .resident_before = 2 * kMib,
      .resident_after = 40 * kMib,
      .resident_peak = 60 * kMib,
      .resident_settled = {{5, 70 * kMib}, {100, 80 * kMib}},
      .resident_collected = 90 * kMib,
      .resident_trimmed = 100 * kMib,
      .fragmentation = 1.25,
      .virtual_before = 1000 * kMib,
      .virtual_after = 1200 * kMib,
      .virtual_peak = 1500 * kMib,
      .group_peak = {},
      .minor_faults = 321,
      .allocator_after = {
          .allocated = 11 * kMib, .active = {}, .resident = 12 * kMib, .retained = 13 * kMib}};
  return row;
}

bench::report::MeasuredCell cell_of(const std::vector<bench::report::Row>& rows) {
  bench::report::MeasuredCell cell;
  cell.spec = rows.front().spec;
  for (const auto& row : rows) cell.ran.push_back(&row.result);
  return cell;
}

// What the column of that name says of a cell with these rows.
std::string text(const std::string& name, const std::vector<bench::report::Row>& rows,
                 bool spread = false) {
  const auto parsed = parse_columns(name);
  REQUIRE(parsed.ok());
  const auto columns = bench::report::named_columns(parsed.value());
  REQUIRE(columns.size() == 1);
  CHECK(columns[0].header == name);
  return columns[0].text(cell_of(rows), spread);
}

std::string text(const std::string& name) { return text(name, {distinct_row()}); }

}  // namespace

TEST_CASE("a list of columns keeps its order and has each name once") {
  const auto parsed = parse_columns("virtual_peak, pause max,scan_ns,virtual_peak");
  REQUIRE(parsed.ok());
  CHECK(parsed.value() == ColumnNames{"virtual_peak", "pause max", "scan_ns"});
}

TEST_CASE("every key of a row that ran names a column") {
  const bench::report::Row row = distinct_row();
  const nlohmann::ordered_json json = bench::report::row_json(row);
  for (const auto& [key, value] : json.items()) {
    INFO(key);
    CHECK(parse_columns(key).ok());
  }
  CHECK(parse_columns("resident_settled_12345").ok());
}

TEST_CASE("all columns are the measured keys of a row, in its order") {
  const auto all = parse_columns("all");
  REQUIRE(all.ok());
  CHECK(all.value().front() == "purge_ns");
  CHECK(all.value().back() == "efficiency");
  const std::set<std::string> names(all.value().begin(), all.value().end());
  CHECK(names.contains("allocator_retained"));
  CHECK(names.contains("virtual_before"));
  CHECK_FALSE(names.contains("seed"));
  const auto more = parse_columns("efficiency,all,seed");
  REQUIRE(more.ok());
  CHECK(more.value().size() == all.value().size() + 1);
  CHECK(more.value().front() == "efficiency");
  CHECK(more.value().back() == "seed");
}

TEST_CASE("a column of what made or shaped a row has it in words") {
  bench::report::Row row = distinct_row();
  row.result.allocator_env = {{"A", "1"}, {"B", "x;y"}};
  row.result.provenance.commit = "c0ffee";
  row.result.provenance.dirty = true;
  CHECK(text("allocator_env", {row}) == "A=1 B=x;y");
  CHECK(text("commit", {row}) == "c0ffee");
  CHECK(text("dirty", {row}) == "true");
  CHECK(text("module_hash", {row}) == "-");
}

TEST_CASE("a column that does not exist is answered with the nearest") {
  CHECK(refusal("purge,virtual_peek") ==
        "--columns: there is no column 'virtual_peek': did you mean 'virtual_peak'?");
  CHECK(refusal("puase max") ==
        "--columns: there is no column 'puase max': did you mean 'pause max'?");
  CHECK(refusal("al") == "--columns: there is no column 'al': did you mean 'all'?");
  CHECK(refusal("resident_settled_5s").starts_with("--columns: there is no column"));
  CHECK(refusal("quite another thing") ==
        "--columns: there is no column 'quite another thing' (there are the keys of a result row, "
        "and the table's own)");
  CHECK(refusal("\x1b[2J").find('\x1b') == std::string::npos);
}

TEST_CASE("a list of columns with nothing between two commas is refused") {
  for (const char* list : {"", " ", "purge,,scan", "purge,", ",purge"}) {
    INFO(list);
    CHECK(refusal(list) == "--columns has an empty name in it");
  }
}

TEST_CASE("a column of a key has the row's value in its unit") {
  CHECK(text("purge_ns") == "101 us");
  CHECK(text("cpu_time") == "102 us");
  CHECK(text("bystander_pause_p50_ns") == "110 us");
  CHECK(text("resident_before") == "2.00 MiB");
  CHECK(text("resident_settled") == "80.0 MiB");
  CHECK(text("resident_settled_5") == "70.0 MiB");
  CHECK(text("resident_settled_6") == "-");
  CHECK(text("virtual_before") == "1000 MiB");
  CHECK(text("virtual_after") == "1.17 GiB");
  CHECK(text("virtual_peak") == "1.46 GiB");
  CHECK(text("allocator_allocated") == "11.0 MiB");
  CHECK(text("allocator_active") == "-");
  CHECK(text("group_peak") == "-");
  CHECK(text("live_after") == "23.4 KiB");
  CHECK(text("area_bytes") == "781 KiB");
  CHECK(text("minor_faults") == "321");
  CHECK(text("scanned_words") == "46,600");
  CHECK(text("heap_words_after") == "500");
  CHECK(text("heap_words_after_min") == "400");
  CHECK(text("heap_words_after_max") == "600");
  CHECK(text("heap_words_before_min") == "-");
  CHECK(text("fragmentation") == "1.25");
  CHECK(text("efficiency") == "25%");
  CHECK(text("seed") == "77");
  CHECK(text("strategy") == "otp");
  CHECK(text("module") == "-");
}

TEST_CASE("a column of the table's own has its own figure") {
  CHECK(text("purge") == "101 us");
  CHECK(text("scan") == "103 us");
  CHECK(text("gc") == "104 us");
  CHECK(text("copy") == "105 us");
  CHECK(text("release") == "106 us");
  CHECK(text("pause p50") == "107 us");
  CHECK(text("pause p99") == "108 us");
  CHECK(text("pause max") == "109 us");
  CHECK(text("bystander max") == "111 us");
  CHECK(text("heap words") == "600");
  CHECK(text("allocations") == "200");
  CHECK(text("killed") == "4");
  CHECK(text("reserved") == "92.7 MiB");
  CHECK(text("reserved peak") == "93.7 MiB");
  CHECK(text("peak") == "58.0 MiB");
  CHECK(text("settled") == "78.0 MiB");
  CHECK(text("collected") == "88.0 MiB");
  CHECK(text("trimmed") == "98.0 MiB");
  CHECK(text("faults") == "321");
  CHECK(text("virtual") == "200 MiB");
  CHECK(text("virtual peak") == "500 MiB");
}

TEST_CASE("columns of dead holders have figures where there are any") {
  auto row = distinct_row();
  CHECK(text("dead max", {row}) == "-");
  CHECK(text("dead_heap_words_before", {row}) == "-");
  sample::add_dead_holders(row);
  CHECK(text("dead max", {row}) == "290 us");
  CHECK(text("dead words", {row}) == "121,769");
  CHECK(text("dead_pause_p50_ns", {row}) == "150 us");
  CHECK(text("dead_heap_words_before", {row}) == "233");
}

TEST_CASE("a column is the median of the invocations, with a spread where they differ") {
  std::vector<bench::report::Row> rows(3, distinct_row());
  rows[0].result.memory.virtual_peak = 1 * sample::kMib;
  rows[1].result.memory.virtual_peak = 9 * sample::kMib;
  rows[2].result.memory.virtual_peak = 2 * sample::kMib;
  CHECK(text("virtual_peak", rows) == "2.00 MiB");
  CHECK(text("virtual_peak", rows, true) == "2.00 MiB [1.00..9.00]");
  CHECK(text("virtual_before", rows, true) == "1000 MiB");
  CHECK(text("trimmed", rows, true) == "98.0 MiB");
}
