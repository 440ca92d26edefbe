#include <string>
#include <utility>

#include "allocators/sha256.hpp"
#include "bench/cells/memory_probe.hpp"
#include "bench/cells/run_cell.hpp"
#include "tests/bench/cells/small_cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/property.hpp"

namespace {

using small_cell::small_spec;

bench::cells::CellResult run(const bench::cells::CellSpec& spec) {
  bench::cells::CellHooks hooks;
  return bench::cells::run_cell(spec, hooks);
}

bench::cells::CellSpec module_spec(const std::string& name) {
  bench::cells::CellSpec spec = small_spec();
  spec.module = fixtures_dir() / (name + ".beam");
  return spec;
}

}  // namespace

TEST_CASE("a holder of one game record jumps from 233 to 318420 words and comes back") {
  const bench::cells::CellResult result = run(module_spec("game_config"));
  REQUIRE(result.error_message.empty());
  CHECK(result.counters.heap_words_before == bench::cells::Spread{233, 233, 233});
  CHECK(result.counters.heap_words_after == bench::cells::Spread{318420, 318420, 318420});
  CHECK(result.counters.heap_words_settled == bench::cells::Spread{233, 233, 233});
  CHECK(result.counters.bystander_heap_words_after == bench::cells::Spread{233, 233, 233});
}

TEST_CASE("a holder of one literal of the 40818-word module has 46655 words after the purge") {
  const bench::cells::CellResult result = run(module_spec("literals_40818"));
  REQUIRE(result.error_message.empty());
  CHECK(result.counters.area_words == 40818);
  CHECK(result.counters.heap_words_after == bench::cells::Spread{46655, 46655, 46655});
}

TEST_CASE("every module fixture with literals can be reloaded, purged and verified") {
  for (const char* name : {"game_config", "literals_40818", "every_kind", "boxed_key_map",
                           "atom_map", "deep_mixed", "deep_million", "otp28_uncompressed"}) {
    INFO(name);
    bench::cells::CellSpec spec = module_spec(name);
    spec.held_words = 500;
    spec.rounds = 1;
    CHECK(run(spec).error_message.empty());
  }
}

TEST_CASE("what differs between holders of a module has its extremes") {
  bench::cells::CellSpec spec = module_spec("every_kind");
  spec.holders = 30;
  spec.rounds = 2;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  const bench::cells::Spread& held = result.counters.held_words;
  CHECK(held.min < held.max);
  CHECK(held.min <= held.value);
  CHECK(held.value <= held.max);
  const bench::cells::Spread& settled = result.counters.heap_words_settled;
  CHECK(settled.min <= settled.value);
  CHECK(settled.value <= settled.max);
}

TEST_CASE("schedulers do the same work as one thread and leave the same heaps") {
  for (const std::uint64_t schedulers : std::vector<std::uint64_t>{2, 3, 8}) {
    INFO(schedulers);
    bench::cells::CellSpec spec = small_spec();
    spec.holders = 40;
    spec.bystanders = 50;
    spec.heap_words = 500;
    spec.held_words = 100;
    const bench::cells::CellResult one = run(spec);
    spec.schedulers = schedulers;
    const bench::cells::CellResult many = run(spec);
    REQUIRE(many.error_message.empty());
    const bench::cells::CellCounters& a = one.counters;
    const bench::cells::CellCounters& b = many.counters;
    CHECK(a.held_words == b.held_words);
    CHECK(a.scanned_words == b.scanned_words);
    CHECK(a.copied_words == b.copied_words);
    CHECK(a.copied_literal_words == b.copied_literal_words);
    CHECK(a.temp_copied_words == b.temp_copied_words);
    CHECK(a.killed == b.killed);
    CHECK(a.allocations == b.allocations);
    CHECK(a.pause_samples == b.pause_samples);
    CHECK(a.reserved_before == b.reserved_before);
    CHECK(a.reserved_after == b.reserved_after);
    CHECK(a.heap_words_after == b.heap_words_after);
    CHECK(a.heap_words_settled == b.heap_words_settled);
    CHECK(a.bystander_heap_words_after == b.bystander_heap_words_after);
    // Two processes at most are collected at once.
    CHECK(b.reserved_peak <= a.reserved_peak + std::uint64_t{8} * (1000 + 2 * 987));
  }
}

TEST_CASE("a cell counts the same work twice") {
  check_property([] {
    bench::cells::CellSpec spec = small_spec();
    spec.seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    spec.held_words = *rc::gen::inRange<std::uint64_t>(0, 400);
    spec.heap_words = *rc::gen::elementOf(std::vector<std::uint64_t>{0, 4, 7, 500});
    const bench::cells::CellCounters a = run(spec).counters;
    spec.blocks = *rc::gen::elementOf(std::vector<std::string>{"mmap", "erts"});
    const bench::cells::CellCounters b = run(spec).counters;
    RC_ASSERT(a.held_words == b.held_words);
    RC_ASSERT(a.scanned_words == b.scanned_words);
    RC_ASSERT(a.copied_words == b.copied_words);
    RC_ASSERT(a.copied_literal_words == b.copied_literal_words);
    RC_ASSERT(a.temp_copied_words == b.temp_copied_words);
    RC_ASSERT(a.allocations == b.allocations);
    RC_ASSERT(a.reserved_before == b.reserved_before);
    RC_ASSERT(a.reserved_after == b.reserved_after);
    RC_ASSERT(a.reserved_peak == b.reserved_peak);
    RC_ASSERT(a.heap_words_after == b.heap_words_after);
  });
}

TEST_CASE("a purge copies exactly the words that holders hold, and the whole area for each") {
  bench::cells::CellSpec spec = small_spec();
  spec.held_words = 100;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  CHECK(result.counters.held_words ==
        bench::cells::Spread{112, 112, 112});  // whole literals of 28 words
  CHECK(result.counters.copied_literal_words == 3 * 112);
  CHECK(result.counters.temp_copied_words == 3 * spec.area_words);
}

TEST_CASE("without holders everybody is scanned and nobody copies") {
  bench::cells::CellSpec spec = small_spec();
  spec.holders = 0;
  spec.heap_words = 100;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  CHECK(result.counters.scanned_words >= 4 * 100);
  CHECK(result.counters.allocations == 0);
  CHECK(result.counters.temp_copied_words == 0);
}

TEST_CASE("the work of a purge grows with the processes and no faster") {
  bench::cells::CellSpec spec = small_spec();
  spec.area_words = 35 * spec.term_words;  // so that all literals are of one size
  spec.rounds = 1;
  spec.heap_words = 10;
  spec.holders = 100;
  spec.bystanders = 900;
  const bench::cells::CellCounters few = run(spec).counters;
  spec.holders = 10'000;
  spec.bystanders = 90'000;
  const bench::cells::CellCounters many = run(spec).counters;
  CHECK(many.scanned_words == 100 * few.scanned_words);
  CHECK(many.copied_words == 100 * few.copied_words);
  CHECK(many.copied_literal_words == 100 * few.copied_literal_words);
  CHECK(many.temp_copied_words == 100 * few.temp_copied_words);
  CHECK(many.allocations == 100 * few.allocations);
}

TEST_CASE("a cell whose holders ask for more than the area has is a failed cell") {
  bench::cells::CellSpec spec = small_spec();
  spec.held_words = 1001;
  const bench::cells::CellResult result = run(spec);
  CHECK(result.failed);
  CHECK(result.error_message ==
        "held words exceed the words of all literals: 1001 words, and there are 1000");
}

TEST_CASE("a cell of a module says what the module's file was, and one without says nothing") {
  const bench::cells::CellSpec spec = module_spec("game_config");
  CHECK(run(spec).module_hash == allocators::sha256_of_file(spec.module));
  CHECK(run({}).module_hash.empty());
}

TEST_CASE("a cell of a module that is not there is a failed cell") {
  CHECK(run(module_spec("absent")).error_message == "the module's file cannot be read");
}

TEST_CASE("reserved memory is what total_heap_size counts") {
  const bench::cells::CellSpec spec = small_spec();
  const bench::cells::CellCounters counters = run(spec).counters;
  CHECK(counters.reserved_before == 8 * 7 * 233);
  CHECK(counters.reserved_after == 8 * (7 * 233 + 3 * 1598));
  // One temporary copy of the area at a time, and the last holder's collection before it.
  CHECK(counters.reserved_peak == counters.reserved_after + 8 * spec.area_words);
}

TEST_CASE("a 99th percentile needs a hundred pauses") {
  bench::cells::CellSpec spec = small_spec();
  spec.holders = 10;
  spec.rounds = 9;
  CHECK_FALSE(run(spec).times.pause_p99_ns.has_value());
  spec.rounds = 10;
  CHECK(run(spec).times.pause_p99_ns.has_value());
}

TEST_CASE("a cell runs with own data of any size around the end of a block") {
  bench::cells::CellSpec spec = small_spec();
  spec.rounds = 1;
  for (const std::uint64_t block : {233U, 6772U}) {
    for (spec.heap_words = block - 9; spec.heap_words <= block + 1; ++spec.heap_words) {
      INFO(spec.heap_words << " own words");
      const bench::cells::CellResult result = run(spec);
      CHECK(result.error_message.empty());
      CHECK(result.counters.live_after == 8 * (7 * (spec.heap_words + 3) + 3 * 28));
    }
  }
}

TEST_CASE("live memory is what heaps and stacks use after the purge") {
  bench::cells::CellSpec spec = small_spec();
  spec.heap_words = 500;
  const bench::cells::CellCounters counters = run(spec).counters;
  // Own data of seven processes and three words on the stack of each, and three literals of 28.
  CHECK(counters.live_after == 8 * (7 * (500 + 3) + 3 * 28));
}

// Sanitizers keep shadow memory of their own, so residency says nothing there.
#ifndef PURGEBENCH_SANITIZED
TEST_CASE("readings that do not show the touched pages fail the cell") {
  bench::cells::CellSpec spec = small_spec();
  // 40 MiB of temporary copies and heaps hide that 64 pages are touched.
  spec.area_words = 5'000'000;
  spec.held_words = 4'000'000;
  spec.touch_pages = 64;
  const bench::cells::CellResult result = run(spec);
  CHECK(result.failed);
  CHECK(result.error_message.starts_with("resident_after does not show the touched pages"));
}

TEST_CASE("a temporary copy of 64 MiB shows in the peak within one percent") {
  bench::cells::CellSpec spec = small_spec();
  spec.area_words = (std::uint64_t{64} << 20) / 8;
  spec.holders = 1;
  spec.rounds = 1;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  const auto grown =
      static_cast<double>(result.memory.resident_peak - result.memory.resident_before);
  CHECK(grown / static_cast<double>(8 * spec.area_words) == Approx(1.0).margin(0.01));
}

TEST_CASE("a hundred thousand processes take little more than their heaps") {
  bench::cells::CellSpec spec = small_spec();
  spec.bystanders = 100'000;
  spec.rounds = 1;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  const auto heaps = static_cast<double>(result.counters.reserved_peak);
  const double processes = 100'003;
  const auto taken = static_cast<double>(result.memory.resident_peak - result.memory.resident_base);
  CHECK(taken <= 1.1 * heaps + 512 * processes);
}

TEST_CASE("heaps full of live data that are blocks of their own are hardly fragmented") {
  bench::cells::CellSpec spec = small_spec();
  // Not malloc's, which may have resident memory left over from elsewhere in this process.
  spec.blocks = "mmap";
  spec.bystanders = 100;
  spec.heap_words = 100'000;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  CHECK(result.memory.resident_base < result.memory.resident_before);
  // Blocks hold 100,000 words and hardly a page more of what was never touched.
  CHECK(result.memory.fragmentation > 0.98);
  CHECK(result.memory.fragmentation < 1.5);
}

TEST_CASE(
    "the runtime's carriers leave resident what the holders touch and not what they reserve") {
  bench::cells::CellSpec spec = small_spec();
  spec.blocks = "erts";
  spec.holders = 50;
  spec.bystanders = 0;
  spec.area_words = 200'000;
  spec.rounds = 1;
  spec.settle_ms = {1};
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  const std::uint64_t area = spec.area_words * 8;
  // The area itself goes, and one temporary copy stays in the cache until it is trimmed.
  CHECK(result.memory.resident_after + area < result.memory.resident_before + 3 * area);
  CHECK(result.memory.resident_trimmed + area / 2 < result.memory.resident_after);
  CHECK(result.counters.reserved_after > 50 * area);
}

TEST_CASE("schedulers share the runtime's carriers and count what one thread counts") {
  bench::cells::CellSpec spec = small_spec();
  spec.blocks = "erts";
  spec.heap_words = 500;
  const bench::cells::CellCounters one = run(spec).counters;
  spec.schedulers = 3;
  const bench::cells::CellResult result = run(spec);
  REQUIRE(result.error_message.empty());
  CHECK(result.counters.allocations == one.allocations);
  CHECK(result.counters.reserved_after == one.reserved_after);
}

TEST_CASE("every resident reading shows 65536 touched pages within one percent") {
  bench::cells::CellSpec spec = small_spec();
  spec.touch_pages = 65'536;
  spec.settle_ms = {0, 10};
  CHECK(run(spec).error_message.empty());
}

TEST_CASE("residency is read without disturbing it") {
  bench::cells::reset_peak();
  const bench::cells::Residency first = bench::cells::read_residency();
  const bench::cells::Residency second = bench::cells::read_residency();
  CHECK(first.anonymous > 0);
  CHECK(first.rss >= first.anonymous);
  CHECK(second.anonymous <= first.anonymous + (std::uint64_t{1} << 19));
}
#endif
