// Processes whose garbage alone refers to the area that a cell purges.
#include <algorithm>
#include <string>
#include <vector>

#include "bench/cells/run_cell.hpp"
#include "bench/cells/scenario.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "tests/bench/cells/small_cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/wrapped_strategy.hpp"

namespace {

using bench::cells::CellCounters;
using bench::cells::CellResult;
using bench::cells::CellSpec;
using bench::cells::ProcessKind;

CellResult run(const CellSpec& spec) {
  bench::cells::CellHooks hooks;
  CellResult result = bench::cells::run_cell(spec, hooks);
  REQUIRE(result.error_message.empty());
  return result;
}

CellSpec small_spec() {
  CellSpec spec = small_cell::small_spec();
  spec.dead_holders = 5;
  return spec;
}

// The kinds of all processes in the order of their creation, a letter each.
std::string kinds_of(const CellSpec& spec) {
  const auto area = bench::cells::build_area(spec);
  REQUIRE(area);
  beam::MallocBlocks blocks;
  const auto scenario = bench::cells::Scenario::build(spec, *area.value(), blocks);
  REQUIRE(scenario);
  std::string kinds;
  for (const ProcessKind kind : scenario.value()->kinds())
    kinds += std::string_view("bhd").at(static_cast<std::size_t>(kind));
  return kinds;
}

}  // namespace

TEST_CASE("a dead holder of one literal of the 40818-word module goes to 46655 words") {
  CellSpec spec = small_spec();
  spec.module = fixtures_dir() / "literals_40818.beam";
  const CellCounters counters = run(spec).counters;
  CHECK(counters.dead_heap_words_before == 233U);
  CHECK(counters.dead_heap_words_after == 46655U);
  CHECK(counters.bystander_heap_words_after == bench::cells::Spread{233, 233, 233});
}

TEST_CASE("a dead holder pays for the whole area, and nothing is copied onto its heap") {
  CellSpec spec = small_spec();
  spec.holders = 0;
  const CellCounters counters = run(spec).counters;
  CHECK(counters.temp_copied_words == 5 * spec.area_words);
  CHECK(counters.copied_literal_words == 0);
  CHECK(counters.reserved_after == counters.reserved_before + std::uint64_t{8} * 5 * 1598);
}

TEST_CASE("a strategy that looks again after the collection leaves a dead holder as it was") {
  for (const char* const strategy : {"skip", "reachable"}) {
    INFO(strategy);
    CellSpec spec = small_spec();
    spec.strategy = strategy;
    spec.holders = 0;
    const CellCounters counters = run(spec).counters;
    CHECK(counters.dead_heap_words_after == counters.dead_heap_words_before);
    CHECK(counters.temp_copied_words == 0);
    CHECK(counters.copied_literal_words == 0);
  }
}

TEST_CASE("a strategy that patches every slot copies what dead holders refer to") {
  CellSpec spec = small_spec();
  spec.strategy = "fragment";
  spec.holders = 0;
  CHECK(run(spec).counters.copied_literal_words == 5 * 28);
}

TEST_CASE("what dead holders held may be several literals, and they have data of their own") {
  for (const char* const strategy : {"otp", "skip", "reachable", "shrink", "fragment"}) {
    for (const std::uint64_t own : {0U, 4U, 226U, 231U, 500U}) {
      INFO(strategy << " " << own << " own words");
      CellSpec spec = small_spec();
      spec.strategy = strategy;
      spec.heap_words = own;
      spec.held_words = 300;
      CHECK(run(spec).counters.dead_heap_words_before.has_value());
    }
  }
}

TEST_CASE("what is measured of live holders and of bystanders stays as it is beside dead ones") {
  CellSpec spec = small_spec();
  const CellResult beside = run(spec);
  spec.dead_holders = 0;
  const CellResult alone = run(spec);
  CHECK(beside.counters.held_words == alone.counters.held_words);
  CHECK(beside.counters.pause_samples == alone.counters.pause_samples);
  CHECK(beside.counters.copied_literal_words == alone.counters.copied_literal_words);
  CHECK(beside.counters.heap_words_before == alone.counters.heap_words_before);
  CHECK(beside.counters.heap_words_after == alone.counters.heap_words_after);
  CHECK(beside.counters.heap_words_settled == alone.counters.heap_words_settled);
  CHECK(beside.counters.bystander_heap_words_after == alone.counters.bystander_heap_words_after);
}

TEST_CASE("without dead holders nothing is measured of them") {
  CellSpec spec = small_spec();
  spec.dead_holders = 0;
  const CellResult result = run(spec);
  CHECK_FALSE(result.counters.dead_heap_words_before.has_value());
  CHECK_FALSE(result.counters.dead_heap_words_after.has_value());
  CHECK_FALSE(result.times.dead_pause_p50_ns.has_value());
  CHECK_FALSE(result.times.dead_pause_max_ns.has_value());
}

TEST_CASE("schedulers do with dead holders what one thread does, and time them") {
  CellSpec spec = small_spec();
  const CellResult one = run(spec);
  spec.schedulers = 3;
  const CellResult many = run(spec);
  CHECK(one.counters.dead_heap_words_after == many.counters.dead_heap_words_after);
  CHECK(one.counters.scanned_words == many.counters.scanned_words);
  CHECK(one.counters.temp_copied_words == many.counters.temp_copied_words);
  CHECK(one.counters.pause_samples == many.counters.pause_samples);
  CHECK(many.times.dead_pause_p50_ns.value_or(0) > 0);
  CHECK(many.times.dead_pause_max_ns >= many.times.dead_pause_p50_ns);
}

TEST_CASE("a dead holder that holds something after the purge fails the cell") {
  CellSpec spec = small_spec();
  spec.holders = 0;
  spec.rounds = 1;
  const auto holds_again = [](beam::Purge& otp, beam::Process& process,
                              const beam::ProcessHits& hits, const beam::PurgeWorker& worker,
                              const beam::AreaBatch& /*areas*/) noexcept {
    auto work = otp.visit(process, hits, worker);
    process.stack_term(0) = beam::make_small(1);
    return work;
  };
  const beam_test::OtpWith strategy(holds_again);
  bench::cells::CellHooks hooks;
  bench::cells::Instruments instruments;
  const CellResult result = bench::cells::run_cell(spec, hooks, instruments, strategy);
  CHECK(result.failed);
  CHECK(result.error_message.starts_with("what only garbage referred to was kept: in process "));
}

TEST_CASE("holders are spread over all processes, and dead holders over the others") {
  CellSpec spec = small_spec();
  spec.holders = 2;
  spec.bystanders = 2;
  spec.dead_holders = 2;
  CHECK(kinds_of(spec) == "bdhbdh");
  spec.dead_holders = 0;
  CHECK(kinds_of(spec) == "bhbh");
  spec.holders = 0;
  spec.dead_holders = 1;
  CHECK(kinds_of(spec) == "bbd");
}

TEST_CASE("there may be dead holders alone") {
  CellSpec spec = small_spec();
  spec.holders = spec.bystanders = 0;
  CHECK(kinds_of(spec) == "ddddd");
  CHECK(run(spec).counters.dead_heap_words_after == 233U + 1598U);
}
