#include <numeric>
#include <vector>

#include "bench/cells/purge_timer.hpp"
#include "bench/cells/series.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

// A purge of `holds.size()` processes, as the node reports it.
void report_purge(bench::PurgeTimer& timer, const std::vector<std::uint8_t>& holds) {
  timer.start();
  for (std::size_t i = 0; i < holds.size(); ++i) {
    timer.process_begins(i);
    timer.phase_begins(beam::PurgePhase::kScan);
    if (holds[i] != 0) {
      timer.phase_begins(beam::PurgePhase::kCollect);
      timer.phase_begins(beam::PurgePhase::kCopy);
    }
    timer.process_ends(i);
  }
  timer.phase_begins(beam::PurgePhase::kRelease);
  timer.stop();
}

}  // namespace

TEST_CASE("every process has one pause in every purge") {
  const std::vector<std::uint8_t> holds = {0, 1, 0, 0, 1};
  bench::PurgeTimer timer;
  REQUIRE(timer.prepare(holds, 3));
  for (int i = 0; i < 3; ++i) report_purge(timer, holds);
  CHECK(timer.holder_pauses().size() == 6);
  CHECK(timer.bystander_pauses().size() == 9);
}

TEST_CASE("parts of a pause are added up apart and are no samples of the timer") {
  const std::vector<std::uint8_t> holds = {0, 1, 0, 0, 1};
  std::vector<std::uint64_t> parts(5);
  bench::PurgeTimer timer;
  REQUIRE(timer.prepare(holds, 2));
  timer.add_up_in(parts);
  for (int i = 0; i < 2; ++i) report_purge(timer, holds);
  CHECK(timer.holder_pauses().empty());
  CHECK(timer.bystander_pauses().size() == 6);
  CHECK(parts[1] != 0);
  CHECK(parts[4] != 0);
  CHECK(parts[0] == 0);
}

TEST_CASE("in a crowd bystanders are timed in batches and holders one by one") {
  std::vector<std::uint8_t> holds(2 * bench::PurgeTimer::kBatchFrom, 0);
  holds[5] = holds[700] = 1;
  bench::PurgeTimer timer;
  REQUIRE(timer.prepare(holds, 1));
  report_purge(timer, holds);
  CHECK(timer.holder_pauses().size() == 2);
  const std::size_t batches = timer.bystander_pauses().size();
  CHECK(batches >= holds.size() / bench::PurgeTimer::kBatch);
  CHECK(batches <= holds.size() / bench::PurgeTimer::kBatch + 3);
}

TEST_CASE("phases of a purge add up to no more than the purge") {
  const std::vector<std::uint8_t> holds(500, 1);
  bench::PurgeTimer timer;
  REQUIRE(timer.prepare(holds, 1));
  const std::uint64_t start = bench::wall_ns();
  report_purge(timer, holds);
  const std::uint64_t spent = bench::wall_ns() - start;
  std::uint64_t sum = 0;
  for (const auto phase : {beam::PurgePhase::kScan, beam::PurgePhase::kCollect,
                           beam::PurgePhase::kCopy, beam::PurgePhase::kRelease}) {
    sum += timer.phase_ns(phase);
  }
  CHECK(sum > 0);
  CHECK(sum <= spent);
}

TEST_CASE("a percentile is the sample of nearest rank") {
  beam::MappedArray<std::uint64_t> samples;
  for (std::uint64_t i = 200; i > 0; --i) REQUIRE(samples.push_back(i));
  CHECK(bench::percentile(samples, 50) == 100);
  CHECK(bench::percentile(samples, 99) == 198);
  CHECK(bench::percentile(samples, 100) == 200);
}

TEST_CASE("a percentile of nothing is nothing") {
  beam::MappedArray<std::uint64_t> none;
  CHECK(bench::percentile(none, 50) == 0);
}

TEST_CASE("a median is one of the values, with as many below it as above") {
  check_property([](std::vector<std::uint32_t> values) {
    RC_PRE(!values.empty());
    bench::Series<std::uint64_t> series;
    RC_ASSERT(series.prepare(values.size()));
    for (const auto value : values) series.add(value);
    const std::uint64_t median = series.median([](std::uint64_t v) { return v; });
    std::ranges::sort(values);
    RC_ASSERT(median == values[values.size() / 2]);
  });
}
