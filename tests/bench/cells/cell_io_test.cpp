#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include "bench/cells/cell_io.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

namespace {

bench::cells::CellSpec unusual_spec() {
  bench::cells::CellSpec spec;
  spec.strategy = "reachable";
  spec.allocator = "/opt/lib/my \"alloc\".so";
  spec.blocks = "mmap";
  spec.temp = "malloc";
  spec.library = "/opt/lib/mine.so";
  spec.module = "ebin/größe.beam";
  spec.module_label = "größe@01234567";
  spec.shape = "maps";
  spec.area_words = std::numeric_limits<std::uint64_t>::max();
  spec.settle_ms = {0, 100, 5000};
  spec.seed = 77;
  return spec;
}

bench::cells::CellResult unusual_result() {
  auto result = sample::row("glibc").result;
  result.module_name = "config";
  result.module_hash = "0123";
  result.counters.heap_words_after = {121769, 233, 121769};
  result.times.pause_p99_ns.reset();
  result.times.efficiency = 0.4375;
  result.memory.resident_settled = {{5000, 3}, {100, 4}, {100, 5}};
  return result;
}

}  // namespace

TEST_CASE("a cell's spec comes back from its JSON as it was") {
  const auto json = bench::cells::to_json(unusual_spec());
  const auto back = bench::cells::parse_cell_spec(json);
  REQUIRE(back.ok());
  CHECK(back.value().allocator == unusual_spec().allocator);
  CHECK(back.value().settle_ms == unusual_spec().settle_ms);
  CHECK(bench::cells::to_json(back.value()) == json);
}

TEST_CASE("a cell's result comes back from its JSON as it was") {
  const auto json = bench::cells::to_json(unusual_result());
  const auto back = bench::cells::parse_cell_result(json);
  REQUIRE(back.ok());
  CHECK(back.value().counters.heap_words_after.min == 233);
  CHECK_FALSE(back.value().times.pause_p99_ns.has_value());
  CHECK(back.value().memory.resident_settled.at(2).resident == 5);
  CHECK(bench::cells::to_json(back.value()) == json);
}

TEST_CASE("an efficiency that is no number is written as 0") {
  auto result = unusual_result();
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    result.times.efficiency = bad;
    const auto back = bench::cells::parse_cell_result(bench::cells::to_json(result));
    REQUIRE(back.ok());
    CHECK(back.value().times.efficiency == 0);
  }
}

TEST_CASE("a path that is not UTF-8 makes JSON all the same") {
  bench::cells::CellSpec spec;
  spec.module = "\xff\xfe.beam";
  CHECK(bench::cells::parse_cell_spec(bench::cells::to_json(spec)).ok());
}

TEST_CASE("every prefix of a cell's JSON is refused") {
  const auto spec = bench::cells::to_json(unusual_spec());
  for (std::size_t size = 0; size < spec.size(); ++size) {
    CHECK_FALSE(bench::cells::parse_cell_spec(std::string_view(spec).substr(0, size)).ok());
  }
  const auto result = bench::cells::to_json(unusual_result());
  for (std::size_t size = 0; size < result.size(); ++size) {
    CHECK_FALSE(bench::cells::parse_cell_result(std::string_view(result).substr(0, size)).ok());
  }
}

TEST_CASE("a cell's JSON with a key too few or of another type is refused") {
  const auto whole = nlohmann::json::parse(bench::cells::to_json(unusual_result()));
  for (const auto& [key, value] : whole.items()) {
    if (key.ends_with("_min") || key.ends_with("_max")) continue;
    if (key.starts_with("resident_settled_")) continue;
    INFO(key);
    auto fewer = whole;
    fewer.erase(key);
    CHECK_FALSE(bench::cells::parse_cell_result(fewer.dump()).ok());
    auto other = whole;
    other[key] = nlohmann::json::object();
    CHECK_FALSE(bench::cells::parse_cell_result(other.dump()).ok());
  }
}

TEST_CASE("a negative count in a cell's JSON is refused") {
  auto object = nlohmann::json::parse(bench::cells::to_json(unusual_spec()));
  object["holders"] = -1;
  CHECK_FALSE(bench::cells::parse_cell_spec(object.dump()).ok());
}
