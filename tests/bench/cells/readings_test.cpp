// A cell whose every reading is scripted: each figure of its result is what that reading said, and
// was read when it should be.
#include <array>
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "bench/cells/figures.hpp"
#include "bench/cells/run_cell.hpp"
#include "engine/purge/strategy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wrapped_strategy.hpp"

namespace {

using beam::PurgePhase;
using Log = std::vector<std::string>;

constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint64_t kMib = std::uint64_t{1} << 20;
constexpr std::uint64_t kGib = std::uint64_t{1} << 30;
constexpr std::uint64_t kFloorNs = 333 * kMs;

// The time of each thread is its own, so that what two of them do has one sum, whoever does what. A
// reading of the clock takes a little longer than the one before.
class World final : public bench::cells::Instruments {
 public:
  World() { time_of_thread = {}; }

  std::uint64_t wall_ns() noexcept override {
    return time_of_thread.now += ++time_of_thread.readings;
  }
  std::uint64_t cpu_ns() noexcept override { return cpu_; }
  std::uint64_t minor_faults() noexcept override { return faults_ += faults_between; }

  // The first reading says 100 MiB, the second 200 MiB, and so on, and takes long.
  bench::cells::Residency residency() noexcept override {
    spend(1'000'000 * kMs, 1'000'000);
    log.emplace_back("resident");
    address_space.push_back(bench::cells::read_residency().virtual_size);
    const std::uint64_t n = address_space.size();
    if (steady != 0) return {.anonymous = (n == 1 ? 100 : 300) * kMib + (n > 2 ? steady : 0)};
    return {.rss = 100 * n * kMib + 7 * kMib,
            .anonymous = 100 * n * kMib,
            .peak_rss = 100 * n * kMib + 57 * kMib,
            .virtual_size = n * kGib,
            .virtual_peak = n * kGib + 3};
  }
  void reset_peaks() noexcept override { log.emplace_back("reset peaks"); }
  std::optional<std::uint64_t> group_peak() noexcept override {
    log.emplace_back("group peak");
    return 4242;
  }
  void wait(std::uint64_t ms) noexcept override { log.push_back("wait " + std::to_string(ms)); }
  std::uint64_t floor_ns(const bench::cells::FloorWork& work) noexcept override {
    log.emplace_back("floor");
    floor_work = work;
    return kFloorNs;
  }

  // CPU time is three times as much, so that neither can be taken for the other.
  void spend(std::uint64_t ns, std::uint64_t faults) noexcept {
    time_of_thread.now += ns;
    cpu_ += 3 * ns;
    faults_ += faults;
  }

  // Not 0: the first reading of residency says 100 MiB, the second 300 MiB, and each one after it
  // so much more than that.
  std::uint64_t steady = 0;
  std::uint64_t faults_between = 0;  // two readings, beside those of a purge
  Log log;
  std::vector<std::uint64_t> address_space;  // that there really was at each reading of residency
  bench::cells::FloorWork floor_work;

 private:
  struct ThreadTime {
    std::uint64_t now = 0;
    std::uint64_t readings = 0;
  };
  static thread_local ThreadTime time_of_thread;
  std::atomic<std::uint64_t> cpu_{0};
  std::atomic<std::uint64_t> faults_{0};
};

thread_local World::ThreadTime World::time_of_thread;

// Time passes in the phases of a purge. The first, second and third round are so many times as long
// as planned.
constexpr std::array<std::uint64_t, 3> kRoundFactors = {1, 5, 2};
constexpr std::uint64_t kScanMs = 1;
constexpr std::uint64_t kCollectMs = 10;
constexpr std::uint64_t kCopyMs = 100;
constexpr std::uint64_t kCopyFaults = 7;

class SlowObserver final : public beam::PurgeObserver {
 public:
  SlowObserver(beam::PurgeObserver& timer, World& world, std::uint64_t factor) noexcept
      : timer_(timer), world_(world), factor_(factor) {}
  void phase_begins(PurgePhase phase) noexcept override {
    timer_.phase_begins(phase);
    if (phase == PurgePhase::kScan) world_.spend(factor_ * kScanMs * kMs, 0);
    if (phase == PurgePhase::kCollect) world_.spend(factor_ * kCollectMs * kMs, 0);
    if (phase == PurgePhase::kCopy) world_.spend(factor_ * kCopyMs * kMs, factor_ * kCopyFaults);
  }

 private:
  beam::PurgeObserver& timer_;
  World& world_;
  std::uint64_t factor_;
};

constexpr std::uint64_t kHolders = 3;
constexpr std::uint64_t kBystanders = 4;
constexpr std::uint64_t kProcesses = kHolders + kBystanders;

// What the strategy says it did for every holder; no two are equal, nor what the scan counts.
constexpr beam::PurgeWork kWork = {.killed = 2,
                                   .scanned_words = 3,
                                   .copied_words = 5,
                                   .copied_literal_words = 7,
                                   .temp_copied_words = 11};

// The visit of `otp`, which takes long, scans some more first, and says that it did kWork.
struct SlowVisit {
  World& world;
  std::atomic<std::uint64_t>& visits;

  beam::Result<beam::PurgeWork> operator()(beam::Purge& otp, beam::Process& process,
                                           const beam::ProcessHits& hits,
                                           const beam::PurgeWorker& worker,
                                           const beam::AreaBatch& /*areas*/) const noexcept {
    const std::uint64_t round = visits++ / kHolders;
    SlowObserver slow(worker.observer, world, kRoundFactors.at(round));
    slow.phase_begins(PurgePhase::kScan);
    BEAM_CHECK(otp.visit(process, hits, {worker.number, worker.temp, slow}));
    return kWork;
  }
};

class LoggingHooks final : public bench::cells::CellHooks {
 public:
  explicit LoggingHooks(World& world) noexcept : world_(world) {}
  void window_opens() noexcept override { world_.log.emplace_back("opens"); }
  void window_closes() noexcept override { world_.log.emplace_back("closes"); }
  void trim_allocator() noexcept override { world_.log.emplace_back("trim"); }
  allocators::Statistics allocator_statistics() noexcept override {
    world_.log.emplace_back("allocator");
    return {.allocated = 1, .active = 2, .resident = 3, .retained = 4};
  }

 private:
  World& world_;
};

bench::cells::CellSpec spec_of_three_rounds() {
  bench::cells::CellSpec spec;
  spec.blocks = "mmap";
  spec.area_words = 35'000;
  spec.holders = kHolders;
  spec.bystanders = kBystanders;
  spec.heap_words = 500;
  spec.rounds = kRoundFactors.size();
  spec.settle_ms = {5, 30};
  return spec;
}

bench::cells::CellResult run(const bench::cells::CellSpec& spec, World& world) {
  LoggingHooks hooks(world);
  std::atomic<std::uint64_t> visits{0};
  const beam_test::OtpWith strategy(SlowVisit{world, visits});
  bench::cells::CellResult result = bench::cells::run_cell(spec, hooks, world, strategy);
  REQUIRE(result.error_message.empty());
  return result;
}

// Whole ms: readings of the clock take a few us in all.
std::uint64_t ms(std::uint64_t ns) { return ns / kMs; }

}  // namespace

TEST_CASE("each time of a row is that of its own part of the purge, the median of the rounds") {
  World world;
  const bench::cells::CellTimes times = run(spec_of_three_rounds(), world).times;
  CHECK(ms(times.scan_ns) == 2 * kHolders * kScanMs);
  CHECK(ms(times.gc_ns) == 2 * kHolders * kCollectMs);
  CHECK(ms(times.copy_ns) == 2 * kHolders * kCopyMs);
  CHECK(times.release_ns > 0);
  CHECK(ms(times.release_ns) == 0);
  CHECK(ms(times.purge_ns) == 2 * kHolders * (kScanMs + kCollectMs + kCopyMs));
  CHECK(times.cpu_ns / 3 / kMs == ms(times.purge_ns));
}

TEST_CASE("pauses of a row are those of holders and of bystanders over all rounds") {
  World world;
  const bench::cells::CellResult result = run(spec_of_three_rounds(), world);
  CHECK(result.counters.pause_samples == kRoundFactors.size() * kHolders);
  CHECK(ms(result.times.pause_p50_ns) == 2 * (kScanMs + kCollectMs + kCopyMs));
  CHECK(ms(result.times.pause_max_ns) == 5 * (kScanMs + kCollectMs + kCopyMs));
  CHECK_FALSE(result.times.pause_p99_ns.has_value());
  CHECK(result.times.bystander_pause_p50_ns > 0);
  CHECK(ms(result.times.bystander_pause_max_ns) == 0);
}

TEST_CASE("what schedulers do in a phase is summed, and so are the parts of a pause") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  spec.schedulers = 2;
  const bench::cells::CellResult result = run(spec, world);
  CHECK(ms(result.times.scan_ns) == 2 * kHolders * kScanMs);
  CHECK(ms(result.times.gc_ns) == 2 * kHolders * kCollectMs);
  CHECK(ms(result.times.copy_ns) == 2 * kHolders * kCopyMs);
  CHECK(result.counters.pause_samples == kRoundFactors.size() * kHolders);
  CHECK(ms(result.times.pause_p50_ns) == 2 * (kScanMs + kCollectMs + kCopyMs));
  CHECK(ms(result.times.pause_max_ns) == 5 * (kScanMs + kCollectMs + kCopyMs));
  CHECK(result.times.bystander_pause_p50_ns > 0);
  CHECK(ms(result.times.bystander_pause_max_ns) == 0);
}

TEST_CASE("pauses of dead holders are theirs over all rounds, with one thread and with two") {
  for (const std::uint64_t schedulers : {1U, 2U}) {
    INFO(schedulers);
    World world;
    bench::cells::CellSpec spec = spec_of_three_rounds();
    spec.dead_holders = std::exchange(spec.holders, 0);
    spec.schedulers = schedulers;
    const bench::cells::CellResult result = run(spec, world);
    CHECK(ms(result.times.dead_pause_p50_ns.value_or(0)) == 2 * (kScanMs + kCollectMs + kCopyMs));
    CHECK(ms(result.times.dead_pause_max_ns.value_or(0)) == 5 * (kScanMs + kCollectMs + kCopyMs));
    CHECK(result.counters.pause_samples == 0);
    CHECK(result.times.pause_max_ns == 0);
    CHECK(ms(result.times.bystander_pause_max_ns) == 0);
  }
}

TEST_CASE("the floor reads what dead holders use and copies nothing for them") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  spec.dead_holders = std::exchange(spec.holders, 0);
  run(spec, world);
  // The garbage of each is a tuple of one element.
  CHECK(world.floor_work.read_bytes == 8 * (kProcesses * (500 + 3) + kHolders * 2));
  CHECK(world.floor_work.copied_bytes == 0);
  CHECK(world.floor_work.touched_pages == 0);
  CHECK(world.floor_work.processes == kProcesses);
}

TEST_CASE("spawning, the lines and tearing down are timed apart, and outside of all else") {
  World world;
  const bench::cells::CellTimes times = run(spec_of_three_rounds(), world).times;
  // Each is between two readings of the clock that follow one another.
  CHECK(times.spawn_ns == 2);
  CHECK(times.lines_ns > times.spawn_ns);
  CHECK(times.teardown_ns == times.lines_ns + 1);
}

TEST_CASE("the floor is that of what was used before the purge and is held, over the purge") {
  World world;
  const bench::cells::CellResult result = run(spec_of_three_rounds(), world);
  // Own data and three words on the stack of each process.
  CHECK(world.floor_work.read_bytes == 8 * kProcesses * (500 + 3));
  CHECK(world.floor_work.copied_bytes == 8 * kHolders * 28);
  CHECK(world.floor_work.touched_pages == kHolders);
  CHECK(world.floor_work.processes == kProcesses);
  CHECK(result.times.floor_ns == kFloorNs);
  CHECK(result.times.efficiency == bench::cells::efficiency(kFloorNs, result.times.purge_ns));
  CHECK(result.times.efficiency == Approx(0.5).margin(0.001));
}

TEST_CASE("work of a row is the sum of what the processes did in one purge") {
  World world;
  const bench::cells::CellCounters counters = run(spec_of_three_rounds(), world).counters;
  CHECK(counters.killed == kHolders * kWork.killed);
  // A reference on the stack is found at the first word; the others have their own data.
  CHECK(counters.scanned_words ==
        kHolders * (1 + kWork.scanned_words) + (kProcesses - kHolders) * (500 + 3));
  CHECK(counters.copied_words == kHolders * kWork.copied_words);
  CHECK(counters.copied_literal_words == kHolders * kWork.copied_literal_words);
  CHECK(counters.temp_copied_words == kHolders * kWork.temp_copied_words);
}

TEST_CASE("each memory figure of a row is the reading that its key names") {
  World world;
  const bench::cells::CellMemory memory = run(spec_of_three_rounds(), world).memory;
  CHECK(memory.resident_base == 100 * kMib);
  CHECK(memory.resident_before == 200 * kMib);
  CHECK(memory.resident_after == 300 * kMib);
  CHECK(memory.resident_peak == 350 * kMib);
  REQUIRE(memory.resident_settled.size() == 2);
  CHECK(memory.resident_settled[0].settle_ms == 5);
  CHECK(memory.resident_settled[0].resident == 400 * kMib);
  CHECK(memory.resident_settled[1].settle_ms == 30);
  CHECK(memory.resident_settled[1].resident == 500 * kMib);
  CHECK(memory.resident_collected == 600 * kMib);
  CHECK(memory.resident_trimmed == 700 * kMib);
  CHECK(memory.virtual_before == 2 * kGib);
  CHECK(memory.virtual_after == 3 * kGib);
  CHECK(memory.virtual_peak == 3 * kGib + 3);
  CHECK(memory.group_peak == 4242U);
  CHECK(memory.minor_faults == 2 * kHolders * kCopyFaults);
  CHECK(memory.allocator_after.allocated == 1U);
  CHECK(memory.allocator_after.active == 2U);
  CHECK(memory.allocator_after.resident == 3U);
  CHECK(memory.allocator_after.retained == 4U);
}

TEST_CASE("a cell reads, waits and trims in one order") {
  World world;
  run(spec_of_three_rounds(), world);
  CHECK(world.log == Log{"resident", "opens", "resident", "reset peaks", "resident", "group peak",
                         "allocator", "wait 5", "resident", "wait 25", "resident", "resident",
                         "trim", "resident", "closes", "floor"});
}

TEST_CASE("fragmentation leaves out what was there before and the temporary block that is kept") {
  World world;
  const bench::cells::CellSpec spec = spec_of_three_rounds();
  const bench::cells::CellResult result = run(spec, world);
  const std::uint64_t live = 8 * (kProcesses * (500 + 3) + kHolders * 28);
  CHECK(result.counters.live_after == live);
  CHECK(result.memory.fragmentation ==
        static_cast<double>(200 * kMib - 8 * spec.area_words) / static_cast<double>(live));
}

TEST_CASE("fragmentation leaves out the pages that are touched beside a purge") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  spec.touch_pages = 256;
  world.steady = kMib;
  world.faults_between = spec.touch_pages;
  const bench::cells::CellResult result = run(spec, world);
  CHECK(result.memory.fragmentation == static_cast<double>(200 * kMib - 8 * spec.area_words) /
                                           static_cast<double>(result.counters.live_after));
}

// The address space that there really was says between which steps a reading fell: blocks are
// mappings of their own here.
TEST_CASE("memory is read before and after the steps that its keys name") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  spec.area_words = 1'000'000;
  spec.heap_words = 100'000;
  spec.settle_ms = {0};
  const bench::cells::CellCounters counters = run(spec, world).counters;
  REQUIRE(world.address_space.size() == 6);
  const auto& at = world.address_space;
  const auto grown = [&at](std::size_t from, std::size_t to) {
    return static_cast<double>(at[to]) - static_cast<double>(at[from]);
  };
  const auto own = static_cast<double>(counters.reserved_before);
  const auto copies = static_cast<double>(counters.reserved_after - counters.reserved_before);
  const auto kept = 8.0 * static_cast<double>(spec.area_words);
  CHECK(grown(0, 1) == Approx(own).margin(kMib));            // processes
  CHECK(grown(1, 2) == Approx(copies + kept).margin(kMib));  // old heaps, a temporary copy
  CHECK(grown(2, 3) == Approx(0).margin(kMib));              // waiting
  CHECK(grown(3, 4) == Approx(-copies).margin(kMib));        // old heaps go
  CHECK(grown(4, 5) == Approx(-kept).margin(kMib));          // the temporary copy goes
}

TEST_CASE("heaps of a row are those before, after and after a collection") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  // So that a holder's own data and what it holds do not fit the block that had its own data.
  spec.heap_words = 220;
  const bench::cells::CellCounters counters = run(spec, world).counters;
  CHECK(counters.area_words == 35'000);
  CHECK(counters.area_bytes == 8 * 35'000);
  CHECK(counters.held_words == bench::cells::Spread{28, 28, 28});
  CHECK(counters.heap_words_before == bench::cells::Spread{233, 233, 233});
  CHECK(counters.heap_words_settled == bench::cells::Spread{376, 376, 376});
  CHECK(counters.bystander_heap_words_after == bench::cells::Spread{233, 233, 233});
  const std::uint64_t old_heap = counters.heap_words_after.value - 233;
  CHECK(old_heap >= 35'000);
  CHECK(counters.heap_words_after ==
        bench::cells::Spread{233 + old_heap, 233 + old_heap, 233 + old_heap});
  CHECK(counters.reserved_before == 8 * kProcesses * 233);
  CHECK(counters.reserved_after == counters.reserved_before + 8 * kHolders * old_heap);
  CHECK(counters.reserved_peak == counters.reserved_after + 8 * 35'000);
  // A block for the collection, an old heap, a temporary copy.
  CHECK(counters.allocations == kHolders * 3);
}

TEST_CASE("the runtime's caches lose segments while a cell waits") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  spec.blocks = "erts";
  spec.area_words = 1'000'000;
  spec.settle_ms = {0, 60'000};
  run(spec, world);
  REQUIRE(world.address_space.size() == 7);
  CHECK(world.address_space[3] >= world.address_space[2]);
  CHECK(world.address_space[4] + 8 * spec.area_words <= world.address_space[3]);
}

TEST_CASE("what a holder has of its own for what it holds is in its heap before the purge") {
  World world;
  bench::cells::CellSpec spec = spec_of_three_rounds();
  // Twenty literals are a list of forty words, which does not fit beside the own data.
  spec.heap_words = 220;
  spec.held_words = 20 * 28;
  const bench::cells::CellCounters counters = run(spec, world).counters;
  // The list is collected into a larger block, the own data into an old heap beside it.
  CHECK(counters.heap_words_before.value == 376 + 233);
  CHECK(counters.heap_words_before.min == 376 + 233);
  CHECK(counters.heap_words_before.max == 376 + 233);
  CHECK(counters.bystander_heap_words_after == bench::cells::Spread{233, 233, 233});
}

TEST_CASE("the peak of what is reserved is that of the purges, not of building") {
  // Own data that fills its block is collected before the stack grows, into a block beside it.
  for (std::uint64_t own = 224; own <= 233; ++own) {
    INFO(own << " own words");
    World world;
    bench::cells::CellSpec spec = spec_of_three_rounds();
    spec.holders = 0;
    spec.bystanders = 1;
    spec.heap_words = own;
    spec.rounds = 1;
    const bench::cells::CellCounters counters = run(spec, world).counters;
    CHECK(counters.reserved_peak == counters.reserved_before);
    CHECK(counters.reserved_after == counters.reserved_before);
  }
}
