#include "bench/cells/run_cell.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>

#include "bench/cells/ballast.hpp"
#include "bench/cells/cell_blocks.hpp"
#include "bench/cells/clock.hpp"
#include "bench/cells/control_group.hpp"
#include "bench/cells/floor.hpp"
#include "bench/cells/memory_probe.hpp"
#include "bench/cells/purger.hpp"
#include "bench/cells/scenario.hpp"
#include "bench/cells/series.hpp"
#include "engine/purge/registry.hpp"

namespace bench {

namespace {

using beam::Error;
using beam::PurgePhase;
using beam::Result;
using beam::Unit;

constexpr std::uint64_t kMaxRounds = 100;
constexpr std::uint64_t kPageBytes = 4096;

// Everything one round measured.
struct Round {
  beam::PurgeWork work;
  std::uint64_t purge_ns = 0;
  std::uint64_t cpu_ns = 0;
  std::uint64_t faults = 0;
  std::uint64_t allocations = 0;
};

bool same_work(const Round& a, const Round& b) noexcept {
  return a.allocations == b.allocations && a.work.holders == b.work.holders &&
         a.work.killed == b.work.killed && a.work.scanned_words == b.work.scanned_words &&
         a.work.copied_words == b.work.copied_words &&
         a.work.copied_literal_words == b.work.copied_literal_words &&
         a.work.temp_copied_words == b.work.temp_copied_words;
}

std::string own_peak_file() {
  return peak_file(memory_groups("/proc/self/cgroup", "/sys/fs/cgroup"));
}

class CellRun {
 public:
  CellRun(const CellSpec& spec, CellHooks& hooks)
      : spec_(spec), hooks_(hooks), blocks_(spec), group_peak_(own_peak_file()) {}

  [[nodiscard]] Result<Unit> run() {
    const auto built = build();
    if (!built) return built;
    hooks_.window_opens();
    const auto measured = measure();
    hooks_.window_closes();
    if (!measured) return measured;
    const auto checked = check();
    if (!checked) return checked;
    summarise();
    tear_down();
    return Unit{};
  }

  [[nodiscard]] CellResult& result() noexcept { return result_; }

 private:
  [[nodiscard]] Result<Unit> build();
  [[nodiscard]] Result<Unit> measure() noexcept;
  [[nodiscard]] Result<Unit> purge_once(std::uint64_t round) noexcept;
  [[nodiscard]] Result<Unit> settle() noexcept;
  [[nodiscard]] Result<Unit> check();
  void summarise() noexcept;
  void tear_down() noexcept;
  void read_before() noexcept;
  void read_after() noexcept;
  void summarise_pauses() noexcept;
  void read_fragmentation() noexcept;
  [[nodiscard]] std::uint64_t used_bytes() noexcept;

  const CellSpec& spec_;
  CellHooks& hooks_;
  CellBlocks blocks_;
  std::unique_ptr<Area> area_;
  std::unique_ptr<Scenario> scenario_;
  const beam::PurgeStrategy* strategy_ = nullptr;
  Purger purger_;  // goes before what it works on
  Ballast ballast_;
  GroupPeak group_peak_;
  Series<Round> rounds_;
  std::array<Series<std::uint64_t>, beam::kPurgePhases> phases_;
  FloorWork floor_;
  CellResult result_;
};

Result<Unit> CellRun::build() {
  strategy_ = beam::find_strategy(spec_.strategy);
  if (strategy_ == nullptr) return Error{"the strategy is unknown"};
  auto area = build_area(spec_);
  if (!area) return area.error();
  area_ = std::move(area).value();
  auto scenario = Scenario::build(spec_, *area_, blocks_.heaps());
  if (!scenario) return scenario.error();
  scenario_ = std::move(scenario).value();
  result_.rounds =
      spec_.rounds != 0 ? spec_.rounds : planned_rounds(spec_, area_->image.area_words());
  result_.module_name = area_->module_name;
  result_.memory.resident_settled.resize(spec_.settle_ms.size());
  const bool prepared =
      rounds_.prepare(result_.rounds) &&
      std::ranges::all_of(phases_, [this](auto& phase) { return phase.prepare(result_.rounds); });
  if (!prepared || !ballast_.reserve(spec_.touch_pages))
    return Error{"no memory for the measurements"};
  const auto ready = purger_.prepare(spec_, *scenario_, blocks_, result_.rounds);
  if (!ready) return ready;
  result_.memory.resident_base = read_residency().anonymous;
  const std::uint64_t start = wall_ns();
  const auto spawned = scenario_->spawn_all();
  result_.times.spawn_ns = wall_ns() - start;
  return spawned;
}

Result<Unit> CellRun::measure() noexcept {
  for (std::uint64_t round = 0; round < result_.rounds; ++round) {
    if (round != 0) {
      const auto restarted = scenario_->restart_holders();
      if (!restarted) return restarted;
    }
    const auto reloaded = scenario_->reload();
    if (!reloaded) return reloaded;
    if (round == 0) read_before();
    const auto purged = purge_once(round);
    if (!purged) return purged;
  }
  ballast_.touch();
  read_after();
  return settle();
}

void CellRun::read_before() noexcept {
  CellCounters& counters = result_.counters;
  counters.heap_words_before = scenario_->heap_words(true);
  counters.reserved_before = blocks_.ledger().counts().live_bytes;
  floor_.read_bytes = used_bytes();
  blocks_.ledger().reset_peak();
  result_.memory.resident_before = read_residency().anonymous;
  reset_peak();
  group_peak_.reset();
}

Result<Unit> CellRun::purge_once(std::uint64_t round) noexcept {
  const std::uint64_t allocations = blocks_.ledger().counts().allocations;
  const std::uint64_t faults = minor_faults();
  const std::uint64_t cpu = cpu_ns();
  blocks_.purge_begins(area_->image.area_words() + 2 * spec_.heap_words);
  const std::uint64_t start = wall_ns();
  const auto work = purger_.purge(area_->module, *strategy_);
  const std::uint64_t end = wall_ns();
  blocks_.purge_ends();
  const std::uint64_t cpu_end = cpu_ns();
  purger_.finish();
  if (!work) return work.error();
  rounds_.add({work.value(), end - start, cpu_end - cpu, minor_faults() - faults,
               blocks_.ledger().counts().allocations - allocations});
  for (std::size_t phase = 0; phase < phases_.size(); ++phase) {
    phases_[phase].add(purger_.phase_ns(static_cast<PurgePhase>(phase)));
  }
  if (round != 0 && !same_work(rounds_[round], rounds_[0])) {
    return Error{"two rounds of the same purge did different work", Error::kNowhere, round};
  }
  return Unit{};
}

void CellRun::read_after() noexcept {
  const Residency now = read_residency();
  result_.memory.resident_after = now.anonymous;
  result_.memory.resident_peak = now.peak_anonymous();
  result_.memory.group_peak = group_peak_.read();
  result_.memory.allocator_after = hooks_.allocator_statistics();
  const beam::BlockCounts counts = blocks_.ledger().counts();
  result_.counters.reserved_after = counts.live_bytes;
  result_.counters.reserved_peak = counts.peak_bytes;
  result_.counters.heap_words_after = scenario_->heap_words(true);
  result_.counters.bystander_heap_words_after = scenario_->heap_words(false);
  result_.counters.live_after = used_bytes();
  read_fragmentation();
}

// What heaps and the allocator behind them have resident, over what is live in them. Before the
// first process there was one version of the area, and after the purge there is one again.
void CellRun::read_fragmentation() noexcept {
  CellMemory& memory = result_.memory;
  const std::uint64_t other =
      memory.resident_base + blocks_.kept_bytes() + spec_.touch_pages * Ballast::kPageBytes;
  const std::uint64_t live = result_.counters.live_after;
  if (live == 0 || memory.resident_after <= other) return;
  memory.fragmentation =
      static_cast<double>(memory.resident_after - other) / static_cast<double>(live);
}

Result<Unit> CellRun::settle() noexcept {
  std::uint64_t waited_ms = 0;
  for (std::size_t i = 0; i < spec_.settle_ms.size(); ++i) {
    const std::uint64_t until_ms = std::max(spec_.settle_ms[i], waited_ms);
    usleep(static_cast<useconds_t>(1000 * (until_ms - waited_ms)));
    blocks_.time_passes(until_ms - waited_ms);
    waited_ms = until_ms;
    result_.memory.resident_settled[i] = {spec_.settle_ms[i], read_residency().anonymous};
  }
  const auto collected = scenario_->collect_holders();
  if (!collected) return collected;
  result_.counters.heap_words_settled = scenario_->heap_words(true);
  result_.memory.resident_collected = read_residency().anonymous;
  blocks_.trim();
  hooks_.trim_allocator();
  result_.memory.resident_trimmed = read_residency().anonymous;
  return Unit{};
}

Result<Unit> CellRun::check() {
  const auto originals = build_area(spec_);
  if (!originals) return originals.error();
  const auto verified = scenario_->verify(*originals.value());
  if (!verified) return verified;
  return ballast_.check(result_.memory);
}

std::uint64_t CellRun::used_bytes() noexcept {
  std::uint64_t words = 0;
  beam::ProcessTable& processes = scenario_->node().processes();
  for (std::size_t i = 0; i < processes.size(); ++i) {
    const beam::Process& process = processes[i];
    words += process.used_words() + process.old_used_words() + process.stack_words();
  }
  return words * beam::kWordBytes;
}

void CellRun::summarise_pauses() noexcept {
  CellTimes& times = result_.times;
  auto& holders = purger_.holder_pauses();
  auto& bystanders = purger_.bystander_pauses();
  result_.counters.pause_samples = holders.size();
  times.pause_p50_ns = percentile(holders, 50);
  if (holders.size() >= 100) times.pause_p99_ns = percentile(holders, 99);
  times.pause_max_ns = percentile(holders, 100);
  times.bystander_pause_p50_ns = percentile(bystanders, 50);
  times.bystander_pause_max_ns = percentile(bystanders, 100);
}

void CellRun::summarise() noexcept {
  const Round& round = rounds_[0];
  CellCounters& counters = result_.counters;
  counters.area_words = area_->image.area_words();
  counters.area_bytes = counters.area_words * beam::kWordBytes;
  counters.held_words = scenario_->held_words();
  counters.scanned_words = round.work.scanned_words;
  counters.copied_words = round.work.copied_words;
  counters.copied_literal_words = round.work.copied_literal_words;
  counters.temp_copied_words = round.work.temp_copied_words;
  counters.killed = round.work.killed;
  counters.allocations = round.allocations;
  CellTimes& times = result_.times;
  times.purge_ns = rounds_.median([](const Round& r) { return r.purge_ns; });
  times.cpu_ns = rounds_.median([](const Round& r) { return r.cpu_ns; });
  result_.memory.minor_faults = rounds_.median([](const Round& r) { return r.faults; });
  const auto phase = [this](PurgePhase which) {
    return phases_[static_cast<std::size_t>(which)].median([](std::uint64_t ns) { return ns; });
  };
  times.scan_ns = phase(PurgePhase::kScan);
  times.gc_ns = phase(PurgePhase::kCollect);
  times.copy_ns = phase(PurgePhase::kCopy);
  times.release_ns = phase(PurgePhase::kRelease);
  summarise_pauses();
  floor_.copied_bytes = scenario_->total_held_words() * beam::kWordBytes;
  const std::uint64_t each =
      spec_.holders == 0 ? 0 : (floor_.copied_bytes / spec_.holders + kPageBytes - 1) / kPageBytes;
  floor_.touched_pages = each * spec_.holders;
  floor_.processes = spec_.holders + spec_.bystanders;
  times.floor_ns = measure_floor(floor_);
  times.efficiency = times.purge_ns == 0 ? 0
                                         : static_cast<double>(times.floor_ns) /
                                               static_cast<double>(times.purge_ns);
}

// What ends a cell, beside the least that any pass over all processes costs.
void CellRun::tear_down() noexcept {
  beam::ProcessTable& processes = scenario_->node().processes();
  beam::Word sum = 0;
  const std::uint64_t start = wall_ns();
  for (std::size_t i = 0; i < processes.size(); ++i) {
    if (const beam::Block& block = processes[i].young) sum ^= *block.begin;
  }
  asm volatile("" : : "g"(&sum) : "memory");
  const std::uint64_t touched = wall_ns();
  scenario_.reset();
  result_.times.lines_ns = touched - start;
  result_.times.teardown_ns = wall_ns() - touched;
}

std::string sentence(const Error& error) {
  std::string text = error.what;
  if (error.offset != Error::kNowhere) text += " at offset " + std::to_string(error.offset);
  if (error.value) text += " (" + std::to_string(*error.value) + ")";
  return text;
}

}  // namespace

std::uint64_t planned_rounds(const CellSpec& spec, std::uint64_t area_words) noexcept {
  // Rough costs of the strategy that does most: what an area costs a holder by the word, what a
  // process costs, and how much of that one cell may take.
  constexpr double kNsPerAreaWord = 1.5;
  constexpr double kNsPerOwnWord = 2;
  constexpr double kNsPerProcess = 1000;
  constexpr double kBudgetNs = 150e6;
  const auto holders = static_cast<double>(spec.holders);
  const double processes = holders + static_cast<double>(spec.bystanders);
  const double own_words = processes * static_cast<double>(spec.heap_words);
  const double round_ns = holders * static_cast<double>(area_words) * kNsPerAreaWord +
                          own_words * kNsPerOwnWord + processes * kNsPerProcess;
  return std::clamp(static_cast<std::uint64_t>(kBudgetNs / std::max(round_ns, 1.0)),
                    std::uint64_t{1}, kMaxRounds);
}

CellResult run_cell(const CellSpec& spec, CellHooks& hooks) {
  CellRun run(spec, hooks);
  const auto done = run.run();
  CellResult result = std::move(run.result());
  if (!done) {
    result = CellResult{};
    result.failed = true;
    result.error_message = sentence(done.error());
  }
  return result;
}

}  // namespace bench
