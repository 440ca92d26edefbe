#include <vector>

#include "bench/cells/purge_timer.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::PurgePhase;
using bench::cells::ProcessKind;
using Kinds = std::vector<ProcessKind>;
using Pauses = std::vector<std::uint64_t>;

constexpr auto kBystander = ProcessKind::kBystander;
constexpr auto kHolder = ProcessKind::kHolder;
constexpr auto kDeadHolder = ProcessKind::kDeadHolder;

// Time passes when a test says so.
struct ManualClock final : bench::cells::Clock {
  std::uint64_t wall_ns() noexcept override { return now; }
  std::uint64_t now = 1'000'000;
};

// A purge as the node reports it; each phase takes what the test says.
class Purge {
 public:
  Purge(bench::cells::PurgeTimer& timer, ManualClock& clock) : timer_(timer), clock_(clock) {
    timer_.start();
  }
  Purge& holder(std::size_t index, std::uint64_t scan, std::uint64_t gc, std::uint64_t copy) {
    timer_.process_begins(index);
    phase(PurgePhase::kScan, scan);
    phase(PurgePhase::kCollect, gc);
    phase(PurgePhase::kCopy, copy);
    timer_.process_ends(index);
    return *this;
  }
  Purge& bystander(std::size_t index, std::uint64_t scan) {
    timer_.process_begins(index);
    phase(PurgePhase::kScan, scan);
    timer_.process_ends(index);
    return *this;
  }
  // Time in which nobody is worked on.
  Purge& pass(std::uint64_t ns) {
    clock_.now += ns;
    return *this;
  }
  void release(std::uint64_t ns) {
    phase(PurgePhase::kRelease, ns);
    timer_.stop(clock_.now);
  }

 private:
  void phase(PurgePhase which, std::uint64_t ns) {
    timer_.phase_begins(which);
    clock_.now += ns;
  }

  bench::cells::PurgeTimer& timer_;
  ManualClock& clock_;
};

Pauses values(const beam::MappedArray<std::uint64_t>& samples) {
  return {samples.data(), samples.data() + samples.size()};
}

// As bench/README.md says.
constexpr std::size_t kBatch = 64;

}  // namespace

TEST_CASE("each phase of a purge gets the time that passed in it") {
  const Kinds kinds = {kBystander, kHolder, kHolder};
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge(timer, clock)
      .bystander(0, 1)
      .pass(100'000)
      .holder(1, 10, 100, 1'000)
      .pass(100'000)
      .holder(2, 20, 200, 2'000)
      .pass(100'000)
      .release(40'000);
  CHECK(timer.phase_ns(PurgePhase::kScan) == 31);
  CHECK(timer.phase_ns(PurgePhase::kCollect) == 300);
  CHECK(timer.phase_ns(PurgePhase::kCopy) == 3'000);
  CHECK(timer.phase_ns(PurgePhase::kRelease) == 40'000);
}

TEST_CASE("a process's pause is all of its phases, and holders and bystanders are apart") {
  const Kinds kinds = {kBystander, kHolder, kBystander, kHolder};
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge(timer, clock)
      .bystander(0, 3)
      .pass(50'000)
      .holder(1, 10, 100, 1'000)
      .bystander(2, 4)
      .holder(3, 20, 200, 2'000)
      .release(9);
  CHECK(values(timer.pauses(kHolder)) == Pauses{1'110, 2'220});
  CHECK(values(timer.pauses(kBystander)) == Pauses{3, 4});
}

TEST_CASE("pauses of dead holders are apart from those of all others") {
  const Kinds kinds = {kDeadHolder, kHolder, kBystander, kDeadHolder};
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge(timer, clock).holder(0, 1, 2, 4).holder(1, 8, 16, 32).bystander(2, 64).holder(3, 1, 1, 1);
  CHECK(values(timer.pauses(kDeadHolder)) == Pauses{7, 3});
  CHECK(values(timer.pauses(kHolder)) == Pauses{56});
  CHECK(values(timer.pauses(kBystander)) == Pauses{64});
}

TEST_CASE("phase sums start anew with each purge, and pauses go on") {
  const Kinds kinds = {kBystander, kHolder};
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 2));
  Purge(timer, clock).bystander(0, 1).holder(1, 1, 2, 3).release(4);
  clock.now += 77;
  Purge(timer, clock).bystander(0, 10).holder(1, 10, 20, 30).release(40);
  CHECK(timer.phase_ns(PurgePhase::kScan) == 20);
  CHECK(timer.phase_ns(PurgePhase::kCollect) == 20);
  CHECK(timer.phase_ns(PurgePhase::kCopy) == 30);
  CHECK(timer.phase_ns(PurgePhase::kRelease) == 40);
  CHECK(values(timer.pauses(kHolder)) == Pauses{6, 60});
  CHECK(values(timer.pauses(kBystander)) == Pauses{1, 10});
}

TEST_CASE("what follows the end of a purge belongs to none of its phases") {
  const Kinds kinds = {kHolder};
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  timer.start();
  timer.phase_begins(PurgePhase::kRelease);
  const std::uint64_t end = clock.now += 5;
  clock.now += 1'000;
  timer.stop(end);
  CHECK(timer.phase_ns(PurgePhase::kRelease) == 5);
}

TEST_CASE("parts of a holder's pause are added up apart and are no samples of the timer") {
  const Kinds kinds = {kBystander, kHolder, kBystander, kHolder};
  std::vector<std::uint64_t> parts(4);
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  timer.add_up_in(parts);
  Purge(timer, clock)
      .bystander(0, 1)
      .bystander(1, 2)
      .bystander(2, 4)
      .holder(3, 8, 16, 32)
      .holder(1, 64, 128, 256);
  CHECK(timer.pauses(kHolder).empty());
  CHECK(values(timer.pauses(kBystander)) == Pauses{1, 4});
  CHECK(parts == Pauses{0, 2 + 64 + 128 + 256, 0, 8 + 16 + 32});
}

TEST_CASE("parts of a dead holder's pause are added up apart, too") {
  const Kinds kinds = {kDeadHolder, kBystander};
  std::vector<std::uint64_t> parts(2);
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  timer.add_up_in(parts);
  Purge(timer, clock).bystander(0, 1).bystander(1, 2).holder(0, 4, 8, 16);
  CHECK(timer.pauses(kDeadHolder).empty());
  CHECK(parts == Pauses{1 + 4 + 8 + 16, 0});
}

TEST_CASE("in a crowd dead holders are timed one by one") {
  Kinds kinds(bench::cells::PurgeTimer::kBatchFrom + 1, kBystander);
  kinds[0] = kinds[2] = kDeadHolder;
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge(timer, clock).holder(0, 1, 2, 4).bystander(1, 8).holder(2, 16, 32, 64).release(1);
  CHECK(values(timer.pauses(kDeadHolder)) == Pauses{7, 112});
  CHECK(values(timer.pauses(kBystander)) == Pauses{8});
}

TEST_CASE("in a crowd bystanders are timed in batches by their mean, and holders one by one") {
  Kinds kinds(bench::cells::PurgeTimer::kBatchFrom + 1, kBystander);
  kinds[kBatch + 6] = kHolder;
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge purge(timer, clock);
  // A whole batch, then one that a holder ends after six, then one that the release ends.
  for (std::size_t i = 0; i < kBatch + 6; ++i) purge.bystander(i, i < kBatch ? 10 : 2'000);
  purge.holder(kBatch + 6, 1, 2, 4);
  for (std::size_t i = 0; i < 3; ++i) purge.bystander(kBatch + 7 + i, 50 + i);
  purge.release(1'000);
  CHECK(values(timer.pauses(kBystander)) == Pauses{10, 2'000, 51});
  CHECK(values(timer.pauses(kHolder)) == Pauses{7});
  CHECK(timer.phase_ns(PurgePhase::kScan) == 10 * kBatch + 6 * 2'000 + 1 + 3 * 51);
  CHECK(timer.phase_ns(PurgePhase::kRelease) == 1'000);
}

TEST_CASE("bystanders are timed one by one up to ten thousand processes") {
  const Kinds kinds(bench::cells::PurgeTimer::kBatchFrom, kBystander);
  ManualClock clock;
  bench::cells::PurgeTimer timer(clock);
  REQUIRE(timer.prepare(kinds, 1));
  Purge purge(timer, clock);
  for (std::size_t i = 0; i < kinds.size(); ++i) purge.bystander(i, 1 + i % 2);
  purge.release(1);
  CHECK(timer.pauses(kBystander).size() == kinds.size());
  CHECK(timer.pauses(kBystander)[7] == 2);
}
