#include <limits>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/row.hpp"
#include "bench/report/row_reader.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

namespace {

using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;

Keys keys_of(const Json& object) {
  Keys keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

const Keys kRun = {"name",    "run_name",   "run_type",  "repetitions", "repetition_index",
                   "threads", "iterations", "real_time", "cpu_time",    "time_unit"};
const Keys kSetting = {"strategy",
                       "allocator",
                       "allocator_version",
                       "allocator_path",
                       "allocator_build_id",
                       "allocator_env",
                       "blocks",
                       "temp",
                       "thp",
                       "shape",
                       "module",
                       "module_hash",
                       "area_words",
                       "term_words",
                       "held_words",
                       "heap_words",
                       "holders",
                       "bystanders",
                       "dead_holders",
                       "touch_pages",
                       "schedulers",
                       "rounds",
                       "seed",
                       "row_schema",
                       "commit",
                       "dirty",
                       "program_build_id",
                       "host_name",
                       "cpu_model",
                       "kernel",
                       "system_thp",
                       "date"};
const Keys kMeasured = {"purge_ns",
                        "scan_ns",
                        "gc_ns",
                        "copy_ns",
                        "release_ns",
                        "pause_p50_ns",
                        "pause_p99_ns",
                        "pause_max_ns",
                        "pause_samples",
                        "bystander_pause_p50_ns",
                        "bystander_pause_max_ns",
                        "dead_pause_p50_ns",
                        "dead_pause_max_ns",
                        "scanned_words",
                        "copied_words",
                        "copied_literal_words",
                        "temp_copied_words",
                        "marked_words",
                        "table_words",
                        "allocations",
                        "killed",
                        "heap_words_before",
                        "heap_words_after",
                        "heap_words_settled",
                        "bystander_heap_words_after",
                        "dead_heap_words_before",
                        "dead_heap_words_after",
                        "area_bytes",
                        "reserved_before",
                        "reserved_after",
                        "reserved_peak",
                        "live_after",
                        "resident_base",
                        "resident_before",
                        "resident_after",
                        "resident_peak",
                        "resident_settled",
                        "resident_collected",
                        "resident_trimmed",
                        "fragmentation",
                        "virtual_before",
                        "virtual_after",
                        "virtual_peak",
                        "group_peak",
                        "minor_faults",
                        "allocator_allocated",
                        "allocator_active",
                        "allocator_resident",
                        "allocator_retained",
                        "spawn_ns",
                        "lines_ns",
                        "teardown_ns",
                        "floor_ns",
                        "efficiency"};

Keys operator+(Keys a, const Keys& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("a row that ran has every key, in one order") {
  CHECK(keys_of(bench::report::row_json(sample::row("glibc"))) == kRun + kSetting + kMeasured);
}

// Every figure another one, so that none can stand for another.
TEST_CASE("each key of a row has the figure of its name") {
  bench::report::Row row;
  row.spec = {.strategy = "st",
              .allocator = "al",
              .library = "",
              .blocks = "bl",
              .temp = "te",
              .module = "",
              .module_label = "",
              .shape = "sh",
              .area_words = 1,
              .term_words = 2,
              .held_words = 3,
              .holders = 4,
              .bystanders = 5,
              .dead_holders = 12,
              .heap_words = 6,
              .thp = "th",
              .touch_pages = 7,
              .rounds = 8,
              .schedulers = 9,
              .settle_ms = {100},
              .seed = 10};
  row.result.rounds = 11;
  row.result.allocator_version = "ve";
  row.result.allocator_path = "pa";
  row.result.allocator_build_id = "id";
  row.result.allocator_env = {{"VAR", "value"}};
  row.result.module_hash = "ha";
  row.result.provenance = {.commit = "co",
                           .dirty = true,
                           .program_build_id = "pi",
                           .host_name = "ho",
                           .cpu_model = "cp",
                           .kernel = "ke",
                           .system_thp = "ma",
                           .date = "da"};
  row.result.counters = {.area_words = 20,
                         .held_words = sample::equal(21),
                         .scanned_words = 22,
                         .copied_words = 23,
                         .copied_literal_words = 24,
                         .temp_copied_words = 25,
                         .marked_words = 125,
                         .table_words = 126,
                         .allocations = 26,
                         .killed = 27,
                         .pause_samples = 28,
                         .area_bytes = 29,
                         .reserved_before = 30,
                         .reserved_after = 31,
                         .reserved_peak = 32,
                         .live_after = 33,
                         .heap_words_before = sample::equal(34),
                         .heap_words_after = sample::equal(35),
                         .heap_words_settled = sample::equal(36),
                         .bystander_heap_words_after = sample::equal(37),
                         .dead_heap_words_before = 38,
                         .dead_heap_words_after = 39};
  row.result.times = {.purge_ns = 40,
                      .cpu_ns = 41,
                      .scan_ns = 42,
                      .gc_ns = 43,
                      .copy_ns = 44,
                      .release_ns = 45,
                      .pause_p50_ns = 46,
                      .pause_p99_ns = 47,
                      .pause_max_ns = 48,
                      .bystander_pause_p50_ns = 49,
                      .bystander_pause_max_ns = 50,
                      .dead_pause_p50_ns = 55,
                      .dead_pause_max_ns = 56,
                      .spawn_ns = 51,
                      .lines_ns = 52,
                      .teardown_ns = 53,
                      .floor_ns = 54,
                      .efficiency = 0.25};
  row.result.memory = {
      .resident_base = 60,
      .resident_before = 61,
      .resident_after = 62,
      .resident_peak = 63,
      .resident_settled = {{100, 64}},
      .resident_collected = 65,
      .resident_trimmed = 66,
      .fragmentation = 1.5,
      .virtual_before = 67,
      .virtual_after = 68,
      .virtual_peak = 69,
      .group_peak = 70,
      .minor_faults = 71,
      .allocator_after = {.allocated = 72, .active = 73, .resident = 74, .retained = 75}};
  Json json = bench::report::row_json(row);
  json.erase("name");
  json.erase("run_name");
  const Json expected = {{"run_type", "iteration"},
                         {"repetitions", 1},
                         {"repetition_index", 0},
                         {"threads", 9},
                         {"iterations", 11},
                         {"real_time", 40},
                         {"cpu_time", 41},
                         {"time_unit", "ns"},
                         {"strategy", "st"},
                         {"allocator", "al"},
                         {"allocator_version", "ve"},
                         {"allocator_path", "pa"},
                         {"allocator_build_id", "id"},
                         {"allocator_env", {{"VAR", "value"}}},
                         {"blocks", "bl"},
                         {"temp", "te"},
                         {"thp", "th"},
                         {"shape", "sh"},
                         {"module", ""},
                         {"module_hash", "ha"},
                         {"area_words", 20},
                         {"term_words", 2},
                         {"held_words", 21},
                         {"heap_words", 6},
                         {"holders", 4},
                         {"bystanders", 5},
                         {"dead_holders", 12},
                         {"touch_pages", 7},
                         {"schedulers", 9},
                         {"rounds", 11},
                         {"seed", 10},
                         {"row_schema", bench::cells::kRowSchema},
                         {"commit", "co"},
                         {"dirty", true},
                         {"program_build_id", "pi"},
                         {"host_name", "ho"},
                         {"cpu_model", "cp"},
                         {"kernel", "ke"},
                         {"system_thp", "ma"},
                         {"date", "da"},
                         {"purge_ns", 40},
                         {"scan_ns", 42},
                         {"gc_ns", 43},
                         {"copy_ns", 44},
                         {"release_ns", 45},
                         {"pause_p50_ns", 46},
                         {"pause_p99_ns", 47},
                         {"pause_max_ns", 48},
                         {"pause_samples", 28},
                         {"bystander_pause_p50_ns", 49},
                         {"bystander_pause_max_ns", 50},
                         {"dead_pause_p50_ns", 55},
                         {"dead_pause_max_ns", 56},
                         {"scanned_words", 22},
                         {"copied_words", 23},
                         {"copied_literal_words", 24},
                         {"temp_copied_words", 25},
                         {"marked_words", 125},
                         {"table_words", 126},
                         {"allocations", 26},
                         {"killed", 27},
                         {"heap_words_before", 34},
                         {"heap_words_after", 35},
                         {"heap_words_settled", 36},
                         {"bystander_heap_words_after", 37},
                         {"dead_heap_words_before", 38},
                         {"dead_heap_words_after", 39},
                         {"area_bytes", 29},
                         {"reserved_before", 30},
                         {"reserved_after", 31},
                         {"reserved_peak", 32},
                         {"live_after", 33},
                         {"resident_base", 60},
                         {"resident_before", 61},
                         {"resident_after", 62},
                         {"resident_peak", 63},
                         {"resident_settled", 64},
                         {"resident_collected", 65},
                         {"resident_trimmed", 66},
                         {"fragmentation", 1.5},
                         {"virtual_before", 67},
                         {"virtual_after", 68},
                         {"virtual_peak", 69},
                         {"group_peak", 70},
                         {"minor_faults", 71},
                         {"allocator_allocated", 72},
                         {"allocator_active", 73},
                         {"allocator_resident", 74},
                         {"allocator_retained", 75},
                         {"spawn_ns", 51},
                         {"lines_ns", 52},
                         {"teardown_ns", 53},
                         {"floor_ns", 54},
                         {"efficiency", 0.25}};
  CHECK(json == expected);
}

TEST_CASE("a row of Google Benchmark's shape has the purge as its time") {
  auto row = sample::row("glibc", 12300000);
  row.invocation = 2;
  row.invocations = 5;
  const Json json = bench::report::row_json(row);
  CHECK(json["name"] == bench::report::cell_name(row.spec));
  CHECK(json["run_name"] == json["name"]);
  CHECK(json["run_type"] == "iteration");
  CHECK(json["repetitions"] == 5);
  CHECK(json["repetition_index"] == 2);
  CHECK(json["iterations"] == 5);
  CHECK(json["real_time"] == 12300000);
  CHECK(json["purge_ns"] == 12300000);
  CHECK(json["cpu_time"] == 12299000);
  CHECK(json["time_unit"] == "ns");
}

TEST_CASE("a row's counts are integers") {
  const Json json = bench::report::row_json(sample::row("glibc"));
  for (const auto& [key, value] : json.items()) {
    INFO(key);
    const bool unavailable = value.is_null() && (key.starts_with("allocator_") ||
                                                 key.starts_with("dead_") || key == "group_peak");
    const bool ratio = key == "efficiency" || key == "fragmentation";
    const bool other =
        key == "dirty" ? value.is_boolean() : key == "allocator_env" && value.is_object();
    CHECK((value.is_string() || value.is_number_unsigned() || unavailable || ratio || other));
  }
}

TEST_CASE("a row without a 99th percentile says null") {
  auto row = sample::row("glibc");
  row.result.times.pause_p99_ns.reset();
  CHECK(bench::report::row_json(row)["pause_p99_ns"].is_null());
}

TEST_CASE("a row without dead holders says null of them") {
  for (const char* const key : {"dead_pause_p50_ns", "dead_pause_max_ns", "dead_heap_words_before",
                                "dead_heap_words_after"}) {
    INFO(key);
    CHECK(bench::report::row_json(sample::row("glibc"))[key].is_null());
  }
}

TEST_CASE("a heap size that differs between holders has its extremes beside it") {
  auto row = sample::row("glibc");
  row.result.counters.heap_words_after = {121769, 987, 121769};
  const Json json = bench::report::row_json(row);
  CHECK(json["heap_words_after"] == 121769);
  CHECK(json["heap_words_after_min"] == 987);
  CHECK(json["heap_words_after_max"] == 121769);
  CHECK_FALSE(json.contains("heap_words_before_min"));
}

TEST_CASE("several settle times have a key each, and the last is the one without a time") {
  auto row = sample::row("glibc");
  row.spec.settle_ms = {100, 5000};
  row.result.memory.resident_settled = {{100, 9}, {5000, 4}};
  const Json json = bench::report::row_json(row);
  CHECK(json["resident_settled"] == 4);
  CHECK(json["resident_settled_100"] == 9);
  CHECK(json["resident_settled_5000"] == 4);
}

TEST_CASE("a module's row has its name in place of term words and shape") {
  auto row = sample::row("glibc");
  row.spec.module = "ebin/config.beam";
  row.result.module_name = "config";
  const Json json = bench::report::row_json(row);
  CHECK(json["module"] == "config");
  CHECK(json["area_words"] == 100000);
  CHECK(json["term_words"] == 0);
  CHECK(json["shape"].get<std::string>().empty());
}

TEST_CASE("a failed row says why and has no time") {
  const Json json = bench::report::row_json(sample::failed("mimalloc"));
  CHECK(keys_of(json) == kRun + kSetting + Keys{"error_occurred", "error_message"});
  CHECK(json["error_occurred"] == true);
  CHECK(json["error_message"] == sample::failed("").result.error_message);
  CHECK(json["real_time"] == 0);
}

TEST_CASE("a skipped row says why and how much it would have needed") {
  const Json json = bench::report::row_json(sample::skipped("glibc"));
  CHECK(keys_of(json) == kRun + kSetting + Keys{"skipped", "skip_message", "predicted_bytes"});
  CHECK(json["skipped"] == true);
  CHECK(json["predicted_bytes"] == 99977000000);
  CHECK(json["real_time"] == 0);
}

TEST_CASE("no row says NaN or infinity") {
  auto row = sample::row("glibc");
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()}) {
    row.result.times.efficiency = bad;
    row.result.memory.fragmentation = bad;
    CHECK(bench::report::row_json(row)["efficiency"] == 0.0);
    CHECK(bench::report::row_json(row)["fragmentation"] == 0.0);
  }
}

TEST_CASE("a row is one line, whatever its texts hold") {
  auto row = sample::failed("glibc");
  row.result.error_message = "two\nlines and \xff";
  const auto line = bench::report::to_json_line(row);
  CHECK(line.find('\n') == std::string::npos);
  CHECK(nlohmann::json::accept(line));
}

TEST_CASE("rows come back from their lines as they were") {
  auto rows = sample::run();
  rows.front().result.counters.heap_words_settled = {233, 233, 376};
  rows.front().result.times.pause_p99_ns.reset();
  rows.front().spec.settle_ms = {7, 100};
  rows.front().result.memory.resident_settled = {{7, 1}, {100, 2}};
  for (const auto& row : rows) {
    const auto line = bench::report::to_json_line(row);
    const auto back = bench::report::parse_row(line);
    REQUIRE(back.ok());
    CHECK(bench::report::to_json_line(back.value()) == line);
  }
}

TEST_CASE("a row of another schema is not read, and one from before there was any") {
  Json json = bench::report::row_json(sample::row("glibc"));
  json["row_schema"] = 1;
  CHECK(bench::report::parse_row(json.dump()).failure().sentence ==
        "a row is of schema 1, and this purgebench knows rows of schema " +
            std::to_string(bench::cells::kRowSchema) + " only");
  json.erase("row_schema");
  CHECK(bench::report::parse_row(json.dump())
            .failure()
            .sentence.starts_with("a row is of a version without a schema, and"));
}

TEST_CASE("a row comes back with what shaped it") {
  auto row = sample::row("glibc");
  row.result.allocator_env = {{"MALLOC_CONF", "a:1;b=\"2\""}, {"X", ""}};
  row.result.provenance = {.commit = "c",
                           .dirty = true,
                           .program_build_id = "b",
                           .host_name = "h",
                           .cpu_model = "p",
                           .kernel = "k",
                           .system_thp = "t",
                           .date = "d"};
  const auto back = bench::report::parse_row(bench::report::to_json_line(row));
  REQUIRE(back.ok());
  CHECK(back.value().result.allocator_env == row.result.allocator_env);
  CHECK(bench::report::to_json_line(back.value()) == bench::report::to_json_line(row));
}

TEST_CASE("a module's row comes back with its name") {
  auto row = sample::row("glibc");
  row.spec.module = "ebin/old/config_v1.beam";
  row.result.module_name = "config";
  row.result.module_hash = "abc";
  const auto line = bench::report::to_json_line(row);
  const auto back = bench::report::parse_row(line);
  REQUIRE(back.ok());
  CHECK(bench::report::to_json_line(back.value()) == line);
}

TEST_CASE("a line that is not a row is refused, and the key is named") {
  const Json whole = bench::report::row_json(sample::row("glibc"));
  for (const auto& key :
       Keys{"name", "repetition_index", "scanned_words", "resident_settled", "virtual_peak",
            "allocator_build_id", "allocator_env", "module_hash", "commit", "date"}) {
    auto json = whole;
    json.erase(key);
    const auto row = bench::report::parse_row(json.dump());
    REQUIRE_FALSE(row.ok());
    INFO(row.failure().sentence);
    CHECK(row.failure().sentence.find(key) != std::string::npos);
  }
  auto json = whole;
  json["allocator_env"]["VAR"] = 7;
  CHECK_FALSE(bench::report::parse_row(json.dump()).ok());
  CHECK_FALSE(bench::report::parse_row("").ok());
  CHECK_FALSE(bench::report::parse_row("[]").ok());
  CHECK_FALSE(bench::report::parse_row("{\"name\":").ok());
}
