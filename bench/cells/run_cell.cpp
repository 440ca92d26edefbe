#include "bench/cells/run_cell.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "bench/cells/ballast.hpp"
#include "bench/cells/cell_blocks.hpp"
#include "bench/cells/error_text.hpp"
#include "bench/cells/figures.hpp"
#include "bench/cells/purger.hpp"
#include "bench/cells/rounds.hpp"
#include "bench/cells/scenario.hpp"
#include "bench/cells/series.hpp"
#include "engine/purge/registry.hpp"

namespace bench::cells {

namespace {

using beam::Error;
using beam::PurgePhase;
using beam::Result;
using beam::Unit;

class CellRun {
 public:
  CellRun(const CellSpec& spec, CellHooks& hooks, Instruments& instruments,
          const beam::PurgeStrategy& strategy)
      : spec_(spec),
        hooks_(hooks),
        instruments_(instruments),
        strategy_(strategy),
        blocks_(spec),
        purger_(instruments) {}

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
  void read_counts_after() noexcept;
  [[nodiscard]] std::uint64_t used_bytes() noexcept;
  [[nodiscard]] std::optional<std::uint64_t> largest_dead_heap() noexcept;
  [[nodiscard]] std::span<std::uint64_t> pauses(ProcessKind kind) noexcept;

  const CellSpec& spec_;
  CellHooks& hooks_;
  Instruments& instruments_;
  const beam::PurgeStrategy& strategy_;
  CellBlocks blocks_;
  std::unique_ptr<Area> area_;
  std::unique_ptr<Scenario> scenario_;
  Purger purger_;  // destroyed before what it works on
  Ballast ballast_;
  Series<Round> rounds_;
  std::uint64_t used_before_ = 0;  // bytes in use by processes, before the purge
  CellResult result_;
};

Result<Unit> CellRun::build() {
  auto area = build_area(spec_);
  if (!area) return area.error();
  area_ = std::move(area).value();
  auto scenario = Scenario::build(spec_, *area_, blocks_.heaps());
  if (!scenario) return scenario.error();
  scenario_ = std::move(scenario).value();
  result_.rounds =
      spec_.rounds != 0 ? spec_.rounds : planned_rounds(spec_, area_->image.area_words());
  result_.module_name = area_->module_name;
  result_.module_hash = area_->module_hash;
  result_.memory.resident_settled.resize(spec_.settle_ms.size());
  if (!rounds_.prepare(result_.rounds) || !ballast_.reserve(spec_.touch_pages))
    return Error{"no memory for the measurements"};
  const auto ready = purger_.prepare(spec_, *scenario_, blocks_, result_.rounds);
  if (!ready) return ready;
  result_.memory.resident_base = instruments_.residency().anonymous;
  const std::uint64_t start = instruments_.wall_ns();
  const auto spawned = scenario_->spawn_all();
  result_.times.spawn_ns = instruments_.wall_ns() - start;
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
  ballast_.touch(instruments_);
  read_after();
  return settle();
}

void CellRun::read_before() noexcept {
  CellCounters& counters = result_.counters;
  counters.heap_words_before = scenario_->heap_words(ProcessKind::kHolder);
  counters.dead_heap_words_before = largest_dead_heap();
  counters.reserved_before = blocks_.ledger().counts().live_bytes;
  used_before_ = used_bytes();
  blocks_.ledger().reset_peak();
  const Residency now = instruments_.residency();
  result_.memory.resident_before = now.anonymous;
  result_.memory.virtual_before = now.virtual_size;
  instruments_.reset_peaks();
}

Result<Unit> CellRun::purge_once(std::uint64_t round) noexcept {
  Round measured;
  const std::uint64_t allocations = blocks_.ledger().counts().allocations;
  const std::uint64_t faults = instruments_.minor_faults();
  blocks_.purge_begins(area_->image.area_words() + 2 * spec_.heap_words);
  const std::uint64_t cpu = instruments_.cpu_ns();
  const std::uint64_t start = instruments_.wall_ns();
  const auto work = purger_.purge(area_->module, strategy_);
  const std::uint64_t end = instruments_.wall_ns();
  measured.cpu_ns = instruments_.cpu_ns() - cpu;
  measured.faults = instruments_.minor_faults() - faults;
  measured.allocations = blocks_.ledger().counts().allocations - allocations;
  blocks_.purge_ends();
  purger_.finish(end);
  if (!work) return work.error();
  measured.work = work.value();
  measured.purge_ns = end - start;
  for (std::size_t phase = 0; phase < measured.phase_ns.size(); ++phase) {
    measured.phase_ns[phase] = purger_.phase_ns(static_cast<PurgePhase>(phase));
  }
  rounds_.add(measured);
  if (same_work(measured, rounds_[0])) return Unit{};
  return Error{"two rounds of the same purge did different work",
               Error::kNowhere,
               {round, "round {} counted from 0, and the first"}};
}

void CellRun::read_after() noexcept {
  const Residency now = instruments_.residency();
  CellMemory& memory = result_.memory;
  memory.resident_after = now.anonymous;
  memory.resident_peak = now.peak_anonymous();
  memory.virtual_after = now.virtual_size;
  memory.virtual_peak = now.virtual_peak;
  memory.group_peak = instruments_.group_peak();
  memory.allocator_after = hooks_.allocator_statistics();
  read_counts_after();
  memory.fragmentation = fragmentation({.resident = memory.resident_after,
                                        .base = memory.resident_base,
                                        .kept = blocks_.kept_bytes(),
                                        .ballast = spec_.touch_pages * Ballast::kPageBytes,
                                        .live = result_.counters.live_after});
}

void CellRun::read_counts_after() noexcept {
  const beam::BlockCounts counts = blocks_.ledger().counts();
  result_.counters.reserved_after = counts.live_bytes;
  result_.counters.reserved_peak = counts.peak_bytes;
  result_.counters.heap_words_after = scenario_->heap_words(ProcessKind::kHolder);
  result_.counters.bystander_heap_words_after = scenario_->heap_words(ProcessKind::kBystander);
  result_.counters.dead_heap_words_after = largest_dead_heap();
  result_.counters.live_after = used_bytes();
}

Result<Unit> CellRun::settle() noexcept {
  std::uint64_t waited_ms = 0;
  for (std::size_t i = 0; i < spec_.settle_ms.size(); ++i) {
    const std::uint64_t until_ms = std::max(spec_.settle_ms[i], waited_ms);
    instruments_.wait(until_ms - waited_ms);
    blocks_.time_passes(until_ms - waited_ms);
    waited_ms = until_ms;
    result_.memory.resident_settled[i] = {spec_.settle_ms[i], instruments_.residency().anonymous};
  }
  const auto collected = scenario_->collect_holders();
  if (!collected) return collected;
  result_.counters.heap_words_settled = scenario_->heap_words(ProcessKind::kHolder);
  result_.memory.resident_collected = instruments_.residency().anonymous;
  blocks_.trim();
  hooks_.trim_allocator();
  result_.memory.resident_trimmed = instruments_.residency().anonymous;
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

// In words; empty without dead holders.
std::optional<std::uint64_t> CellRun::largest_dead_heap() noexcept {
  if (spec_.dead_holders == 0) return std::nullopt;
  return scenario_->heap_words(ProcessKind::kDeadHolder).max;
}

std::span<std::uint64_t> CellRun::pauses(ProcessKind kind) noexcept {
  auto& samples = purger_.pauses(kind);
  return {samples.data(), samples.size()};
}

void CellRun::summarise() noexcept {
  CellCounters& counters = result_.counters;
  counters.area_words = area_->image.area_words();
  counters.area_bytes = counters.area_words * beam::kWordBytes;
  counters.held_words = scenario_->held_words();
  summarise_rounds(rounds_, result_);
  summarise_pauses({.holders = pauses(ProcessKind::kHolder),
                    .bystanders = pauses(ProcessKind::kBystander),
                    .dead_holders = pauses(ProcessKind::kDeadHolder)},
                   result_);
  CellTimes& times = result_.times;
  times.floor_ns =
      instruments_.floor_ns(floor_work(spec_, used_before_, scenario_->total_held_words()));
  times.efficiency = efficiency(times.floor_ns, times.purge_ns);
}

// Times the teardown of a cell, and the least that any pass over all processes costs.
void CellRun::tear_down() noexcept {
  beam::ProcessTable& processes = scenario_->node().processes();
  beam::Word sum = 0;
  const std::uint64_t start = instruments_.wall_ns();
  for (std::size_t i = 0; i < processes.size(); ++i) {
    if (const beam::Block& block = processes[i].young) sum ^= *block.begin;
  }
  asm volatile("" : : "g"(&sum) : "memory");
  const std::uint64_t touched = instruments_.wall_ns();
  scenario_.reset();
  result_.times.lines_ns = touched - start;
  result_.times.teardown_ns = instruments_.wall_ns() - touched;
}

CellResult failed_result(std::string message) {
  CellResult result;
  result.failed = true;
  result.error_message = std::move(message);
  return result;
}

}  // namespace

CellResult run_cell(const CellSpec& spec, CellHooks& hooks, Instruments& instruments,
                    const beam::PurgeStrategy& strategy) {
  CellRun run(spec, hooks, instruments, strategy);
  const auto done = run.run();
  return done ? std::move(run.result()) : failed_result(error_text(done.error()));
}

CellResult run_cell(const CellSpec& spec, CellHooks& hooks) {
  const beam::PurgeStrategy* const strategy = beam::find_strategy(spec.strategy);
  if (strategy == nullptr) return failed_result("the strategy is unknown");
  Instruments instruments;
  return run_cell(spec, hooks, instruments, *strategy);
}

}  // namespace bench::cells
