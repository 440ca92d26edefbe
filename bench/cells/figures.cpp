#include "bench/cells/figures.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "bench/stats/order_statistics.hpp"
#include "engine/purge/registry.hpp"
#include "engine/term/term.hpp"

namespace bench::cells {

namespace {

constexpr std::uint64_t kMaxRounds = 100;
constexpr std::uint64_t kPageBytes = 4096;

// What a holder's literals reach at most, in an area of so many words.
std::uint64_t reached_words(const CellSpec& spec, std::uint64_t area_words) noexcept {
  // Whole literals are held until they are enough; those of a graph reach others.
  const bool any_reach = !spec.module.empty() || spec.shape == "graph";
  const std::uint64_t reached = spec.held_words + spec.term_words;
  const bool whole = any_reach || reached < spec.held_words || reached > area_words;
  return whole ? area_words : reached;
}

const beam::PurgeStrategy& strategy_of(const CellSpec& spec) noexcept {
  const beam::PurgeStrategy* const strategy = beam::find_strategy(spec.strategy);
  return strategy != nullptr ? *strategy : *beam::find_strategy("otp");
}

}  // namespace

void SpreadOf::add(std::uint64_t value) noexcept {
  if (std::exchange(empty_, false)) spread_ = {value, value, value};
  spread_.min = std::min(spread_.min, value);
  spread_.max = std::max(spread_.max, value);
}

void summarise_pauses(const Pauses& pauses, CellResult& result) noexcept {
  const auto& [holders, bystanders, dead_holders] = pauses;
  for (const auto samples : {holders, bystanders, dead_holders}) std::ranges::sort(samples);
  CellTimes& times = result.times;
  result.counters.pause_samples = holders.size();
  times.pause_p50_ns = stats::nearest_rank(holders, 50);
  if (holders.size() >= kSamplesForP99) times.pause_p99_ns = stats::nearest_rank(holders, 99);
  times.pause_max_ns = stats::nearest_rank(holders, 100);
  times.bystander_pause_p50_ns = stats::nearest_rank(bystanders, 50);
  times.bystander_pause_max_ns = stats::nearest_rank(bystanders, 100);
  if (dead_holders.empty()) return;
  times.dead_pause_p50_ns = stats::nearest_rank(dead_holders, 50);
  times.dead_pause_max_ns = stats::nearest_rank(dead_holders, 100);
}

double fragmentation(const HeapResidency& memory) noexcept {
  const std::uint64_t other = memory.base + memory.kept + memory.ballast;
  if (memory.live == 0 || memory.resident <= other) return 0;
  return static_cast<double>(memory.resident - other) / static_cast<double>(memory.live);
}

double efficiency(std::uint64_t floor_ns, std::uint64_t measured_ns) noexcept {
  if (measured_ns == 0) return 0;
  return static_cast<double>(floor_ns) / static_cast<double>(measured_ns);
}

FloorWork floor_work(const CellSpec& spec, std::uint64_t used_bytes,
                     std::uint64_t held_words) noexcept {
  FloorWork work;
  work.read_bytes = used_bytes;
  work.copied_bytes = held_words * beam::kWordBytes;
  const std::uint64_t each =
      spec.holders == 0 ? 0 : (work.copied_bytes / spec.holders + kPageBytes - 1) / kPageBytes;
  work.touched_pages = each * spec.holders;
  work.processes = spec.processes();
  return work;
}

beam::HolderNeeds needs_of_holder(const CellSpec& spec, std::uint64_t area_words) noexcept {
  return strategy_of(spec).needs(area_words, reached_words(spec, area_words));
}

beam::HolderNeeds needs_of_dead_holder(const CellSpec& spec, std::uint64_t area_words) noexcept {
  const beam::PurgeStrategy& strategy = strategy_of(spec);
  const bool copies_garbage = strategy.scan_depth() == beam::ScanDepth::kEverySlot;
  return strategy.needs(area_words, copies_garbage ? reached_words(spec, area_words) : 0);
}

std::uint64_t planned_rounds(const CellSpec& spec, std::uint64_t area_words) noexcept {
  // Rough costs of what the strategy moves by the word, of what a process has and costs, and how
  // much of that one cell may take.
  constexpr double kNsPerMovedWord = 0.75;
  constexpr double kNsPerOwnWord = 2;
  constexpr double kNsPerProcess = 1000;
  constexpr double kBudgetNs = 150e6;
  const auto product = [](std::uint64_t a, std::uint64_t b) {
    return static_cast<double>(a) * static_cast<double>(b);
  };
  const double moved_words =
      product(spec.holders, needs_of_holder(spec, area_words).moved_words) +
      product(spec.dead_holders, needs_of_dead_holder(spec, area_words).moved_words);
  const double own_words = product(spec.processes(), spec.heap_words);
  const double round_ns = moved_words * kNsPerMovedWord + own_words * kNsPerOwnWord +
                          static_cast<double>(spec.processes()) * kNsPerProcess;
  return std::clamp(static_cast<std::uint64_t>(kBudgetNs / std::max(round_ns, 1.0)),
                    std::uint64_t{1}, kMaxRounds);
}

}  // namespace bench::cells
