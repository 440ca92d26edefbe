#include "bench/predict/workload.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bench/matrix/memory_guard.hpp"
#include "bench/report/units.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::predict {

namespace {

constexpr std::uint64_t kMostKinds = 64;
// Two versions of a persistent term take two pages of the literal space.
constexpr std::uint64_t kMostKeys = 20'000;
constexpr std::uint64_t kWordsPerKey = 1024;

// Upper bound of the words of one kind while it is collected and copied to.
std::uint64_t words_of_kind(const PredictionSpec& spec, std::uint64_t held_words) {
  return 4 * (spec.heap_words + held_words) + 8 * beam::kDefaultMinHeapWords;
}

// Image, two versions, a temporary copy, the parts of a layout with their versions, and keys.
std::uint64_t words_of_area(const cells::Area& area) {
  return 7 * area.image.area_words() +
         kWordsPerKey * std::min<std::uint64_t>(area.usable.size(), kMostKeys);
}

// As many kinds as take about a second.
std::uint64_t affordable_kinds(const PredictionSpec& spec, const cells::Area& area,
                               std::uint64_t budget_words) {
  constexpr std::uint64_t kWordsPerRun = std::uint64_t{1} << 25;
  const std::uint64_t each = words_of_kind(spec, kinds_of(spec, area, 1).front().held_words);
  const std::uint64_t by_memory = (budget_words - words_of_area(area)) / each;
  const std::uint64_t by_time = kWordsPerRun / (each + area.image.area_words());
  return std::clamp<std::uint64_t>(std::min(by_memory, by_time), 1, kMostKinds);
}

// How many keys may change: each change collects a holder with, on average, half of its final
// copies, and scans all others.
std::uint64_t affordable_keys(const PredictionSpec& spec, const std::vector<HolderKind>& kinds) {
  constexpr std::uint64_t kWordsPerRun = std::uint64_t{1} << 29;
  constexpr std::uint64_t kWordsPerCollection = 4096;  // the fixed cost of a collection, in words
  const std::uint64_t heap = spec.heap_words + kinds.front().held_words / 2;
  const std::uint64_t each = kWordsPerCollection + heap + heap / 8 * kinds.size();
  return std::clamp<std::uint64_t>(kWordsPerRun / each, 1, kMostKeys);
}

std::uint64_t literals_of(const std::vector<HolderKind>& kinds) {
  std::uint64_t count = 0;
  for (const HolderKind& kind : kinds) count += kind.literals.size();
  return count;
}

// As many kinds as can have all of their keys changed, at least one.
void plan_keys(const PredictionSpec& spec, const cells::Area& area, Workload& workload) {
  workload.keyed_kinds = workload.kinds;
  workload.most_keys = affordable_keys(spec, workload.keyed_kinds);
  while (workload.keyed_kinds.size() > 1 &&
         literals_of(workload.keyed_kinds) > workload.most_keys) {
    workload.keyed_kinds = kinds_of(spec, area, workload.keyed_kinds.size() / 2);
    workload.most_keys = affordable_keys(spec, workload.keyed_kinds);
  }
}

}  // namespace

Outcome<Workload> plan_workload(const PredictionSpec& spec, const cells::Area& area,
                                const std::string& path) {
  const std::uint64_t budget = matrix::default_memory_budget();
  const std::uint64_t budget_words = budget / beam::kWordBytes;
  const std::uint64_t words = words_of_area(area) + words_of_kind(spec, area.total_words);
  if (words > budget_words) {
    const std::string heaps =
        spec.heap_words == 0 ? "" : fmt::format("--heap-words {} with ", spec.heap_words);
    return Failure{fmt::format(
        "{}{} may take {} of memory to run, and {} may be used (70% of what is free)", heaps, path,
        report::format_bytes(static_cast<double>(words) * beam::kWordBytes),
        report::format_bytes(static_cast<double>(budget)))};
  }
  Workload workload;
  workload.kinds = kinds_of(spec, area, affordable_kinds(spec, area, budget_words));
  plan_keys(spec, area, workload);
  return workload;
}

}  // namespace bench::predict
