#include <algorithm>
#include <vector>

#include "bench/cells/figures.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using Samples = std::vector<std::uint64_t>;

// 10, 20, 30 .. `count` values.
Samples tens(std::size_t count) {
  Samples samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = 10 * (i + 1);
  return samples;
}

bench::cells::CellResult pauses(Samples holders, Samples bystanders, Samples dead_holders = {}) {
  bench::cells::CellResult result;
  bench::cells::summarise_pauses({holders, bystanders, dead_holders}, result);
  return result;
}

}  // namespace

TEST_CASE("a spread is the first value and the extremes of all") {
  bench::cells::SpreadOf values;
  CHECK(values.spread() == bench::cells::Spread{0, 0, 0});
  values.add(5);
  CHECK(values.spread() == bench::cells::Spread{5, 5, 5});
  values.add(3);
  values.add(9);
  values.add(4);
  CHECK(values.spread() == bench::cells::Spread{5, 3, 9});
}

TEST_CASE("pauses of holders and of bystanders have figures of their own") {
  const bench::cells::CellResult result = pauses({50, 10, 40, 20}, {9, 1, 7, 3, 5, 2});
  CHECK(result.counters.pause_samples == 4);
  CHECK(result.times.pause_p50_ns == 20);
  CHECK(result.times.pause_max_ns == 50);
  CHECK(result.times.bystander_pause_p50_ns == 3);
  CHECK(result.times.bystander_pause_max_ns == 9);
}

TEST_CASE("pauses of dead holders are in no other figure") {
  const bench::cells::CellResult result = pauses({50}, {9}, {700, 100, 300, 200});
  CHECK(result.counters.pause_samples == 1);
  CHECK(result.times.pause_max_ns == 50);
  CHECK(result.times.bystander_pause_max_ns == 9);
  CHECK(result.times.dead_pause_p50_ns == 200U);
  CHECK(result.times.dead_pause_max_ns == 700U);
}

TEST_CASE("a 99th percentile needs a hundred pauses of holders") {
  CHECK_FALSE(pauses(tens(99), tens(1000)).times.pause_p99_ns.has_value());
  CHECK(pauses(tens(100), {}).times.pause_p99_ns == 990U);
  CHECK(pauses(tens(1000), {}).times.pause_p99_ns == 9900U);
}

TEST_CASE("the longest pause is the longest, however many there are") {
  const bench::cells::CellTimes times = pauses(tens(1000), tens(2000)).times;
  CHECK(times.pause_max_ns == 10'000);
  CHECK(times.bystander_pause_max_ns == 20'000);
}

TEST_CASE("without pauses the figures are 0") {
  const bench::cells::CellResult result = pauses({}, {});
  CHECK(result.counters.pause_samples == 0);
  CHECK(result.times.pause_p50_ns == 0);
  CHECK(result.times.pause_max_ns == 0);
  CHECK(result.times.bystander_pause_max_ns == 0);
  CHECK_FALSE(result.times.dead_pause_p50_ns.has_value());
  CHECK_FALSE(result.times.dead_pause_max_ns.has_value());
}

TEST_CASE("fragmentation is what heaps have resident over what is live in them") {
  const bench::cells::HeapResidency memory = {
      .resident = 10'000, .base = 1'000, .kept = 300, .ballast = 200, .live = 4'000};
  CHECK(bench::cells::fragmentation(memory) == 8'500.0 / 4'000);
}

TEST_CASE("fragmentation is 0 where nothing is live or nothing more is resident") {
  CHECK(bench::cells::fragmentation({.resident = 10, .base = 1, .live = 0}) == 0);
  CHECK(bench::cells::fragmentation(
            {.resident = 10, .base = 4, .kept = 3, .ballast = 3, .live = 1}) == 0);
  CHECK(bench::cells::fragmentation({.resident = 10, .base = 11, .live = 1}) == 0);
}

TEST_CASE("efficiency is the floor over what was measured") {
  CHECK(bench::cells::efficiency(1, 8) == 0.125);
  CHECK(bench::cells::efficiency(3, 2) == 1.5);
  CHECK(bench::cells::efficiency(5, 0) == 0);
}

TEST_CASE("a floor is beaten by less than it, and not by as much") {
  CHECK(bench::cells::beats_floor(bench::cells::efficiency(1'001, 1'000)));
  CHECK_FALSE(bench::cells::beats_floor(bench::cells::efficiency(1'000, 1'000)));
  CHECK_FALSE(bench::cells::beats_floor(bench::cells::efficiency(999, 1'000)));
  CHECK_FALSE(bench::cells::beats_floor(bench::cells::efficiency(5, 0)));
}

TEST_CASE("the floor reads what is used, copies what is held and touches whole pages for it") {
  bench::cells::CellSpec spec;
  spec.holders = 3;
  spec.bystanders = 4;
  // 1,000 words each are 8,000 bytes: two pages of 4,096.
  const bench::cells::FloorWork work = bench::cells::floor_work(spec, 123'456, 3'000);
  CHECK(work.read_bytes == 123'456);
  CHECK(work.copied_bytes == 24'000);
  CHECK(work.touched_pages == 3 * 2);
  CHECK(work.processes == 7);
  CHECK(bench::cells::floor_work(spec, 0, 3 * 512).touched_pages == 3);
  CHECK(bench::cells::floor_work(spec, 0, 3 * 513).touched_pages == 6);
  spec.holders = 0;
  CHECK(bench::cells::floor_work(spec, 1, 0).touched_pages == 0);
  CHECK(bench::cells::floor_work(spec, 1, 0).processes == 4);
}

TEST_CASE("of dead holders the floor has nothing to copy") {
  bench::cells::CellSpec spec;
  spec.holders = 3;
  spec.bystanders = 4;
  spec.dead_holders = 5;
  const bench::cells::FloorWork work = bench::cells::floor_work(spec, 123'456, 3'000);
  CHECK(work.read_bytes == 123'456);
  CHECK(work.copied_bytes == 24'000);
  CHECK(work.touched_pages == 3 * 2);
  CHECK(work.processes == 12);
}

TEST_CASE("rounds are planned from the spec alone and stay in their bounds") {
  bench::cells::CellSpec spec;
  CHECK(bench::cells::planned_rounds(spec, 10) == 100);
  spec.holders = 1'000'000;
  CHECK(bench::cells::planned_rounds(spec, 1'000'000'000) == 1);
}

TEST_CASE("what a holder needs is what its strategy says of the words that it reaches") {
  bench::cells::CellSpec spec;
  spec.held_words = 1'000;
  CHECK(bench::cells::needs_of_holder(spec, 100'000).kept_words == 100'000);
  spec.strategy = "no such strategy";
  CHECK(bench::cells::needs_of_holder(spec, 100'000).kept_words == 100'000);
  spec.strategy = "reachable";
  CHECK(bench::cells::needs_of_holder(spec, 100'000).kept_words == 1'028);
  CHECK(bench::cells::needs_of_holder(spec, 1'027).kept_words == 1'027);
  spec.shape = "graph";
  CHECK(bench::cells::needs_of_holder(spec, 100'000).kept_words == 100'000);
  spec.shape = "records";
  spec.module = "config.beam";
  CHECK(bench::cells::needs_of_holder(spec, 100'000).kept_words == 100'000);
}

TEST_CASE("a dead holder needs what its strategy needs where nothing is reached") {
  bench::cells::CellSpec spec;
  spec.held_words = 1'000;
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).kept_words == 100'000);
  spec.strategy = "shrink";
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).kept_words == 0);
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).temporary_words == 200'000);
  spec.strategy = "skip";
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).moved_words == 0);
  spec.strategy = "reachable";
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).kept_words == 0);
}

TEST_CASE("a strategy that patches garbage needs for a dead holder what it needs for a live one") {
  bench::cells::CellSpec spec;
  spec.held_words = 1'000;
  spec.strategy = "fragment";
  CHECK(bench::cells::needs_of_dead_holder(spec, 100'000).kept_words == 1'028);
}

TEST_CASE("a strategy that moves little gets more rounds") {
  bench::cells::CellSpec spec;
  spec.holders = 100;
  spec.bystanders = 0;
  spec.heap_words = 0;
  spec.strategy = "reachable";
  // 3 x 56 words for each holder, and a microsecond.
  CHECK(bench::cells::planned_rounds(spec, 1'000'000) == 100);
  spec.holders = 100'000;
  CHECK(bench::cells::planned_rounds(spec, 1'000'000) == 1);
}

TEST_CASE("a budget of 150 ms is planned for area words, own words and processes") {
  bench::cells::CellSpec spec;
  spec.holders = 100;
  spec.bystanders = 900;
  spec.heap_words = 0;
  CHECK(bench::cells::planned_rounds(spec, 100'000) == 9);  // 15 ms and 1 ms for the processes
  spec.heap_words = 2'000;
  CHECK(bench::cells::planned_rounds(spec, 100'000) == 7);  // 4 ms more
  spec.holders = 0;
  CHECK(bench::cells::planned_rounds(spec, 100'000) == 33);  // 3.6 ms and 0.9 ms
}

TEST_CASE("dead holders are planned for like live ones where a strategy copies the area for them") {
  bench::cells::CellSpec spec;
  spec.holders = 0;
  spec.dead_holders = 100;
  spec.bystanders = 900;
  CHECK(bench::cells::planned_rounds(spec, 100'000) == 9);
  spec.strategy = "skip";
  CHECK(bench::cells::planned_rounds(spec, 100'000) == 100);
}
