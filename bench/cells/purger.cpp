#include "bench/cells/purger.hpp"

#include <cstring>
#include <utility>

namespace bench::cells {

using beam::Error;
using beam::PurgeWork;
using beam::Result;
using beam::Unit;

Result<Unit> Purger::prepare(const CellSpec& spec, Scenario& scenario, CellBlocks& blocks,
                             std::uint64_t rounds) {
  scenario_ = &scenario;
  blocks_ = &blocks;
  const bool threads = spec.schedulers > 1;
  const std::span<const ProcessKind> kinds = scenario.kinds();
  if (threads) {
    if (!parts_.resize(kinds.size())) return Error{"no memory for the measurements"};
    std::memset(parts_.data(), 0, kinds.size() * sizeof(std::uint64_t));
  }
  for (std::uint64_t i = 0; i < spec.schedulers; ++i) {
    timers_.push_back(std::make_unique<PurgeTimer>(clock_));
    if (!timers_.back()->prepare(kinds, i == 0 ? rounds : 1)) {
      return Error{"no memory for the measurements"};
    }
    if (threads) timers_.back()->add_up_in({parts_.data(), parts_.size()});
  }
  return threads ? start(blocks) : Unit{};
}

Result<Unit> Purger::start(CellBlocks& blocks) {
  std::vector<beam::SchedulerSetup> setups;
  for (std::size_t i = 0; i < timers_.size(); ++i) {
    setups.push_back({&blocks.temp(i), timers_[i].get()});
  }
  auto started = beam::Schedulers::start(scenario_->node(), blocks.heaps(), setups);
  if (!started) return started.error();
  schedulers_ = std::move(started).value();
  return Unit{};
}

Result<PurgeWork> Purger::purge(beam::Term module, const beam::PurgeStrategy& strategy) noexcept {
  for (const auto& timer : timers_) timer->start();
  if (schedulers_ != nullptr) return schedulers_->purge(module, strategy);
  return scenario_->node().purge(module, strategy, blocks_->temp(0), *timers_[0]);
}

void Purger::finish(std::uint64_t end_ns) noexcept {
  for (const auto& timer : timers_) timer->stop(end_ns);
  for (std::size_t i = 1; i < timers_.size(); ++i) {
    auto& samples = timers_[i]->pauses(ProcessKind::kBystander);
    auto& all = pauses(ProcessKind::kBystander);
    for (const std::uint64_t ns : samples) static_cast<void>(all.push_back(ns));
    samples.clear();
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const std::uint64_t ns = std::exchange(parts_[i], 0);
    const ProcessKind kind = scenario_->kinds()[i];
    if (kind != ProcessKind::kBystander) static_cast<void>(pauses(kind).push_back(ns));
  }
}

std::uint64_t Purger::phase_ns(beam::PurgePhase phase) const noexcept {
  std::uint64_t total = 0;
  for (const auto& timer : timers_) total += timer->phase_ns(phase);
  return total;
}

}  // namespace bench::cells
