#include "bench/predict/prediction.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "bench/matrix/memory_guard.hpp"
#include "bench/report/units.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench {

namespace {

struct Choice {
  Mitigation mitigation;
  Variant variant;
};

// In the order in which those that do equally well are named: what costs least to do, first.
constexpr std::array kChoices = {
    Choice{Mitigation::kHoldScalars, {.holding = Holding::kScalars}},
    Choice{Mitigation::kEtsCopies, {.holding = Holding::kCopies}},
    Choice{Mitigation::kPersistentTerms, {.layout = Layout::kKeyed}},
    Choice{Mitigation::kSplitModule, {.layout = Layout::kSplit}},
    Choice{Mitigation::kHibernate, {.hibernate = true}},
    Choice{Mitigation::kCollectAfter, {.collect_after = true}},
};

// A module with a single literal cannot be split, and who sleeps already is left with no garbage.
bool applies(const Choice& choice, const PredictionSpec& spec, const Area& area) {
  const Variant& variant = choice.variant;
  if (variant.layout == Layout::kSplit && area.usable.size() < 2) return false;
  return !spec.hibernated || !(variant.hibernate || variant.collect_after);
}

// Words that running one kind of holder works on, and words that it needs at once; generous.
std::uint64_t words_of_kind(const PredictionSpec& spec, std::uint64_t held_words) {
  return 4 * (spec.heap_words + held_words) + 8 * beam::kDefaultMinHeapWords;
}

// Image, two versions, a temporary copy, and the parts of a layout with their versions.
std::uint64_t words_of_area(const Area& area) { return 7 * area.image.area_words(); }

// How many kinds of holders are run: all of a few, and of many as many as take about a second.
std::uint64_t affordable_kinds(const PredictionSpec& spec, const Area& area,
                               std::uint64_t budget_words) {
  constexpr std::uint64_t kMostKinds = 64;
  constexpr std::uint64_t kWordsPerRun = std::uint64_t{1} << 26;
  const std::uint64_t each = words_of_kind(spec, spec.held_words);
  const std::uint64_t by_memory = (budget_words - words_of_area(area)) / each;
  const std::uint64_t by_time = kWordsPerRun / (each + area.image.area_words());
  return std::clamp<std::uint64_t>(std::min(by_memory, by_time), 1, kMostKinds);
}

// How many persistent terms are replaced: each is a purge of its own that may collect every holder.
std::uint64_t affordable_keys(const PredictionSpec& spec, const HolderKind& kind,
                              std::uint64_t kinds) {
  constexpr std::uint64_t kMostKeys = 1000;
  constexpr std::uint64_t kWordsPerRun = std::uint64_t{1} << 28;
  const std::uint64_t each = words_of_kind(spec, kind.held_words) * kinds;
  return std::clamp<std::uint64_t>(kWordsPerRun / each, 1, kMostKeys);
}

Outcome<Done> check_held(const PredictionSpec& spec, const Area& area, const std::string& path) {
  if (area.usable.empty()) {
    return Failure{fmt::format("{} has no literal that a holder could hold", path)};
  }
  if (spec.held_words > area.total_words) {
    return Failure{fmt::format("--held-words {} is more than the {} words of literals in {}",
                               spec.held_words, area.total_words, path)};
  }
  const std::size_t literals = area.image.literals.size();
  for (const std::uint64_t index : spec.hold) {
    if (index < literals) continue;
    return Failure{fmt::format("--hold {}: {} has {} {}, counted from 0", index, path, literals,
                               literals == 1 ? "literal" : "literals")};
  }
  return Done{};
}

Outcome<Done> check_memory(const PredictionSpec& spec, const Area& area, const std::string& path,
                           std::uint64_t budget_words) {
  const std::uint64_t words = words_of_area(area) + words_of_kind(spec, area.total_words);
  if (words <= budget_words) return Done{};
  const auto bytes = [](std::uint64_t count) {
    return format_bytes(static_cast<double>(count) * beam::kWordBytes);
  };
  return Failure{
      fmt::format("--heap-words {} with {} takes {} of memory to run, and {} may be used",
                  spec.heap_words, path, bytes(words), bytes(budget_words))};
}

// The smallest limit under which one holder of `kind` survives, by halving what is between one that
// kills and one that does not.
beam::Result<std::uint64_t> least_limit(PredictionSpec spec, Area& area, HolderKind kind) {
  kind.count = 1;
  const auto survives = [&](std::uint64_t limit) -> beam::Result<bool> {
    spec.max_heap_words = limit;
    const auto figures = run_reload(spec, Variant{}, area, {&kind, 1}, 0);
    if (!figures) return figures.error();
    return figures.value().killed == 0;
  };
  std::uint64_t kills = 0;
  std::uint64_t enough = beam::kDefaultMinHeapWords;
  for (;; enough *= 2) {
    const auto lives = survives(enough);
    if (!lives) return lives.error();
    if (lives.value()) break;
    kills = enough;
  }
  while (enough - kills > 1) {
    const std::uint64_t middle = kills + (enough - kills) / 2;
    const auto lives = survives(middle);
    if (!lives) return lives.error();
    (lives.value() ? enough : kills) = middle;
  }
  return enough;
}

Failure describe(const std::string& path, const beam::Error& error) {
  std::string text = fmt::format("{}: {}", path, error.what);
  if (error.value) text += fmt::format(" ({})", *error.value);
  return Failure{text};
}

// What helps most comes first.
void rank(std::vector<MitigationFigures>& mitigations) {
  std::ranges::stable_sort(mitigations, {}, [](const MitigationFigures& each) {
    const ReloadFigures& figures = each.figures;
    return std::tuple(figures.killed, figures.peak.touched, figures.after.reserved);
  });
}

}  // namespace

Outcome<Prediction> predict(const PredictionSpec& spec, Area& area, const std::string& path) {
  const std::uint64_t budget_words = default_memory_budget() / beam::kWordBytes;
  if (auto checked = check_held(spec, area, path); !checked) return checked.failure();
  if (auto checked = check_memory(spec, area, path, budget_words); !checked)
    return checked.failure();
  const auto kinds = kinds_of(spec, area, affordable_kinds(spec, area, budget_words));
  const std::uint64_t keys = affordable_keys(spec, kinds.front(), kinds.size());

  Prediction prediction;
  prediction.area_words = area.image.area_words();
  prediction.area_words_min = area.bounds.min_words;
  prediction.area_words_max = area.bounds.max_words;
  prediction.old_block_words = beam::next_block_words(prediction.area_words);
  prediction.literals = area.usable.size();
  prediction.kinds = kinds.size();
  prediction.held_words = kinds.front().held_words;
  prediction.held_literals = kinds.front().literals.size();
  const auto base = run_reload(spec, Variant{}, area, kinds, keys);
  if (!base) return describe(path, base.error());
  prediction.figures = base.value();
  const auto limit = least_limit(spec, area, kinds.front());
  if (!limit) return describe(path, limit.error());
  prediction.least_max_heap_words = limit.value();
  for (const Choice& choice : kChoices) {
    if (!applies(choice, spec, area)) continue;
    const auto figures = run_reload(spec, choice.variant, area, kinds, keys);
    if (!figures) return describe(path, figures.error());
    prediction.mitigations.push_back({choice.mitigation, figures.value()});
  }
  rank(prediction.mitigations);
  return prediction;
}

}  // namespace bench
