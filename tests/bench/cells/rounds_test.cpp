#include <algorithm>
#include <vector>

#include "bench/cells/rounds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

bench::cells::Round round_of(std::uint64_t ns) {
  bench::cells::Round round;
  round.work = {.holders = 1,
                .killed = 2,
                .scanned_words = 3,
                .copied_words = 4,
                .copied_literal_words = 5,
                .temp_copied_words = 6,
                .marked_words = 8,
                .table_words = 9};
  round.allocations = 7;
  round.purge_ns = ns;
  return round;
}

bench::cells::CellResult summary(const std::vector<bench::cells::Round>& all) {
  bench::cells::Series<bench::cells::Round> rounds;
  REQUIRE(rounds.prepare(all.size()));
  for (const auto& round : all) rounds.add(round);
  bench::cells::CellResult result;
  bench::cells::summarise_rounds(rounds, result);
  return result;
}

}  // namespace

TEST_CASE("the median of a series is the upper one of its values, in whatever order they came") {
  check_property([](std::vector<std::uint32_t> values) {
    RC_PRE(!values.empty());
    bench::cells::Series<std::uint64_t> series;
    RC_ASSERT(series.prepare(values.size()));
    for (const auto value : values) series.add(value);
    const std::uint64_t median = series.median_high([](std::uint64_t v) { return v; });
    std::ranges::sort(values);
    RC_ASSERT(median == values[values.size() / 2]);
  });
}

TEST_CASE("the median of an empty series is 0") {
  bench::cells::Series<std::uint64_t> series;
  REQUIRE(series.prepare(1));
  CHECK(series.median_high([](std::uint64_t v) { return v; }) == 0);
}

TEST_CASE("of rounds a row has the median, and of an even number the upper one") {
  CHECK(summary({round_of(100), round_of(10), round_of(20)}).times.purge_ns == 20);
  CHECK(summary({round_of(100), round_of(10), round_of(20), round_of(50)}).times.purge_ns == 50);
  CHECK(summary({round_of(7)}).times.purge_ns == 7);
}

TEST_CASE("each quantity of a round has its own median") {
  std::vector<bench::cells::Round> rounds(3, round_of(0));
  constexpr std::uint64_t kFactors[] = {5, 1, 2};  // the median is the last round's
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    rounds[i].purge_ns = 10 * kFactors[i];
    rounds[i].cpu_ns = 20 * kFactors[i];
    rounds[i].faults = 30 * kFactors[i];
    rounds[i].phase_ns = {100 * kFactors[i], 200 * kFactors[i], 300 * kFactors[i],
                          400 * kFactors[i]};
  }
  const bench::cells::CellResult result = summary(rounds);
  CHECK(result.times.purge_ns == 20);
  CHECK(result.times.cpu_ns == 40);
  CHECK(result.memory.minor_faults == 60);
  CHECK(result.times.scan_ns == 200);
  CHECK(result.times.gc_ns == 400);
  CHECK(result.times.copy_ns == 600);
  CHECK(result.times.release_ns == 800);
}

TEST_CASE("the phases of a row need not be of one round") {
  std::vector<bench::cells::Round> rounds(3, round_of(0));
  rounds[0].phase_ns = {1, 30, 0, 0};
  rounds[1].phase_ns = {2, 20, 0, 0};
  rounds[2].phase_ns = {3, 10, 0, 0};
  rounds[0].purge_ns = 9;
  rounds[1].purge_ns = 8;
  rounds[2].purge_ns = 7;
  const bench::cells::CellResult result = summary(rounds);
  CHECK(result.times.scan_ns == 2);
  CHECK(result.times.gc_ns == 20);
  CHECK(result.times.purge_ns == 8);
}

TEST_CASE("counters of a row are those of one purge") {
  const bench::cells::CellCounters counters = summary({round_of(1), round_of(2)}).counters;
  CHECK(counters.killed == 2);
  CHECK(counters.scanned_words == 3);
  CHECK(counters.copied_words == 4);
  CHECK(counters.copied_literal_words == 5);
  CHECK(counters.temp_copied_words == 6);
  CHECK(counters.marked_words == 8);
  CHECK(counters.table_words == 9);
  CHECK(counters.allocations == 7);
}

TEST_CASE("two rounds did the same work when no counter differs, whatever time they took") {
  const bench::cells::Round one = round_of(1);
  CHECK(bench::cells::same_work(one, round_of(2)));
  const auto differs = [&](auto change) {
    bench::cells::Round other = one;
    change(other);
    return !bench::cells::same_work(one, other);
  };
  CHECK(differs([](auto& r) { ++r.allocations; }));
  CHECK(differs([](auto& r) { ++r.work.holders; }));
  CHECK(differs([](auto& r) { ++r.work.killed; }));
  CHECK(differs([](auto& r) { ++r.work.scanned_words; }));
  CHECK(differs([](auto& r) { ++r.work.copied_words; }));
  CHECK(differs([](auto& r) { ++r.work.copied_literal_words; }));
  CHECK(differs([](auto& r) { ++r.work.temp_copied_words; }));
  CHECK(differs([](auto& r) { ++r.work.marked_words; }));
  CHECK(differs([](auto& r) { ++r.work.table_words; }));
}
