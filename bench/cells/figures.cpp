#include "bench/cells/figures.hpp"

#include <algorithm>
#include <utility>

#include "bench/stats/order_statistics.hpp"
#include "engine/purge/registry.hpp"
#include "engine/term/term.hpp"

namespace bench::cells {

namespace {

constexpr std::uint64_t kMaxRounds = 100;
constexpr std::uint64_t kPageBytes = 4096;

}  // namespace

void SpreadOf::add(std::uint64_t value) noexcept {
  if (std::exchange(empty_, false)) spread_ = {value, value, value};
  spread_.min = std::min(spread_.min, value);
  spread_.max = std::max(spread_.max, value);
}

void summarise_pauses(std::span<std::uint64_t> holders, std::span<std::uint64_t> bystanders,
                      CellResult& result) noexcept {
  std::ranges::sort(holders);
  std::ranges::sort(bystanders);
  CellTimes& times = result.times;
  result.counters.pause_samples = holders.size();
  times.pause_p50_ns = stats::nearest_rank(holders, 50);
  if (holders.size() >= kSamplesForP99) times.pause_p99_ns = stats::nearest_rank(holders, 99);
  times.pause_max_ns = stats::nearest_rank(holders, 100);
  times.bystander_pause_p50_ns = stats::nearest_rank(bystanders, 50);
  times.bystander_pause_max_ns = stats::nearest_rank(bystanders, 100);
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
  work.processes = spec.holders + spec.bystanders;
  return work;
}

beam::HolderNeeds needs_of_holder(const CellSpec& spec, std::uint64_t area_words) noexcept {
  // Whole literals are held until they are enough; those of a graph reach others.
  const bool any_reach = !spec.module.empty() || spec.shape == "graph";
  const std::uint64_t reached = spec.held_words + spec.term_words;
  const bool whole = any_reach || reached < spec.held_words || reached > area_words;
  const beam::PurgeStrategy* strategy = beam::find_strategy(spec.strategy);
  if (strategy == nullptr) strategy = beam::find_strategy("otp");
  return strategy->needs(area_words, whole ? area_words : reached);
}

std::uint64_t planned_rounds(const CellSpec& spec, std::uint64_t area_words) noexcept {
  // Rough costs of what the strategy moves by the word, of what a process has and costs, and how
  // much of that one cell may take.
  constexpr double kNsPerMovedWord = 0.75;
  constexpr double kNsPerOwnWord = 2;
  constexpr double kNsPerProcess = 1000;
  constexpr double kBudgetNs = 150e6;
  const std::uint64_t moved_words = needs_of_holder(spec, area_words).moved_words;
  const auto holders = static_cast<double>(spec.holders);
  const double processes = holders + static_cast<double>(spec.bystanders);
  const double own_words = processes * static_cast<double>(spec.heap_words);
  const double round_ns = holders * static_cast<double>(moved_words) * kNsPerMovedWord +
                          own_words * kNsPerOwnWord + processes * kNsPerProcess;
  return std::clamp(static_cast<std::uint64_t>(kBudgetNs / std::max(round_ns, 1.0)),
                    std::uint64_t{1}, kMaxRounds);
}

}  // namespace bench::cells
