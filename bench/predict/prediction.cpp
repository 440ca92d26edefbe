#include "bench/predict/prediction.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "bench/predict/workload.hpp"
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

// The runtime accepts no limit below min_heap_size.
Outcome<Done> check_limit(const PredictionSpec& spec) {
  const std::uint64_t limit = spec.max_heap_words;
  if (limit == 0 || limit >= beam::kDefaultMinHeapWords) return Done{};
  return Failure{fmt::format("--max-heap-size {} is less than the {} words that a process starts "
                             "with",
                             limit, beam::kDefaultMinHeapWords)};
}

// Processes that have more than they may before anything happens are not there, nor are those that
// died of taking what they hold.
Outcome<Done> check_alive(const PredictionSpec& spec, const ReloadFigures& figures) {
  const std::uint64_t limit = spec.max_heap_words;
  if (limit == 0) return Done{};
  const std::string holder = spec.heap_words == 0
                                 ? "a holder"
                                 : fmt::format("a holder with --heap-words {}", spec.heap_words);
  if (figures.heap_words_before > limit) {
    return Failure{
        fmt::format("--max-heap-size {} is less than the {} words that {} has before the "
                    "purge",
                    limit, figures.heap_words_before, holder)};
  }
  if (figures.killed_before == 0) return Done{};
  return Failure{fmt::format("--max-heap-size {} kills {} before the purge, in a collection that "
                             "makes room for what it holds",
                             limit, holder)};
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
  if (auto checked = check_held(spec, area, path); !checked) return checked.failure();
  if (auto checked = check_limit(spec); !checked) return checked.failure();
  const auto workload = plan_workload(spec, area, path);
  if (!workload) return workload.failure();
  const std::vector<HolderKind>& kinds = workload.value().kinds;

  Prediction prediction;
  prediction.area_words = area.image.area_words();
  prediction.area_words_min = area.bounds.min_words;
  prediction.area_words_max = area.bounds.max_words;
  prediction.old_block_words = beam::next_block_words(prediction.area_words);
  prediction.literals = area.usable.size();
  prediction.kinds = kinds.size();
  prediction.held_words = kinds.front().held_words;
  prediction.held_literals = kinds.front().literals.size();
  const auto base = run_reload(spec, Variant{}, area, kinds, 0);
  if (!base) return describe(path, base.error());
  prediction.figures = base.value();
  if (auto lives = check_alive(spec, prediction.figures); !lives) return lives.failure();
  const auto limit = least_limit(spec, area, kinds.front());
  if (!limit) return describe(path, limit.error());
  prediction.least_max_heap_words = limit.value();
  for (const Choice& choice : kChoices) {
    if (!applies(choice, spec, area)) continue;
    const bool keyed = choice.variant.layout == Layout::kKeyed;
    const auto figures =
        run_reload(spec, choice.variant, area, keyed ? workload.value().keyed_kinds : kinds,
                   workload.value().most_keys);
    if (!figures) return describe(path, figures.error());
    prediction.mitigations.push_back({choice.mitigation, figures.value()});
  }
  rank(prediction.mitigations);
  return prediction;
}

}  // namespace bench
