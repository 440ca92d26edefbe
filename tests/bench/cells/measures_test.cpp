#include <set>
#include <string_view>

#include "bench/cells/measures.hpp"
#include "tests/support/catch.hpp"

using bench::cells::CellResult;

TEST_CASE("no two measures have one key, and each is found by its own") {
  std::set<std::string_view> keys;
  for (const bench::cells::Measure& each : bench::cells::measures()) {
    INFO(each.key);
    CHECK(keys.insert(each.key).second);
    CHECK(bench::cells::find_measure(each.key) == &each);
  }
  CHECK(bench::cells::find_measure("no_such_key") == nullptr);
}

TEST_CASE("a measure is read at its place, as growth where it grew") {
  CellResult result;
  result.times.purge_ns = 7;
  result.counters.heap_words_after = {5, 4, 9};
  result.counters.reserved_before = 100;
  result.counters.reserved_after = 130;
  result.memory.resident_settled = {{1, 10}, {2, 20}};
  CHECK(bench::cells::value_of(bench::cells::measure("purge_ns"), result) == 7);
  CHECK(bench::cells::value_of(bench::cells::measure("real_time"), result) == 7);
  CHECK(bench::cells::value_of(bench::cells::measure("heap_words_after"), result) == 9);
  CHECK(bench::cells::value_of(bench::cells::measure("resident_settled"), result) == 20);
  CHECK(bench::cells::value_of(bench::cells::measure("reserved_after"), result) == 130);
  CHECK(bench::cells::growth_of(bench::cells::measure("reserved_after"), result) == 30);
  CHECK(bench::cells::growth_of(bench::cells::measure("purge_ns"), result) == 7);
  CHECK_FALSE(bench::cells::value_of(bench::cells::measure("pause_p99_ns"), result));
  CHECK_FALSE(bench::cells::value_of(bench::cells::measure("group_peak"), result));
}

TEST_CASE("only what is deterministic may judge exactly: times and memory are shown as medians") {
  for (const bench::cells::Measure& each : bench::cells::measures()) {
    INFO(each.key);
    if (each.kind != bench::cells::MeasureKind::kCounter)
      CHECK_FALSE(bench::cells::deterministic(each, {}));
    if (each.compared == bench::cells::Compared::kInput)
      CHECK(each.kind == bench::cells::MeasureKind::kCounter);
  }
}
