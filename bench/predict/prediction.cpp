#include "bench/predict/prediction.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "bench/cells/error_text.hpp"
#include "bench/predict/workload.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::predict {

namespace {

struct Choice {
  Mitigation mitigation;
  Variant variant;
};

// Mitigations, cheapest to adopt first: the order of equally good ones.
constexpr std::array kChoices = {
    Choice{Mitigation::kHoldScalars, {.holding = holders::Holding::kScalars}},
    Choice{Mitigation::kEtsCopies, {.holding = holders::Holding::kCopies}},
    Choice{Mitigation::kPersistentTerms, {.layout = Layout::kKeyed}},
    Choice{Mitigation::kSplitModule, {.layout = Layout::kSplit}},
    Choice{Mitigation::kHibernate, {.hibernate = true}},
    Choice{Mitigation::kCollectAfter, {.collect_after = true}},
};

// A module with a single literal cannot be split; hibernated holders gain nothing from hibernating
// or collecting.
bool applies(const Choice& choice, const PredictionSpec& spec, const cells::Area& area) {
  const Variant& variant = choice.variant;
  if (variant.layout == Layout::kSplit && area.usable.size() < 2) return false;
  return !spec.hibernated || !(variant.hibernate || variant.collect_after);
}

Outcome<Done> check_held(const PredictionSpec& spec, const cells::Area& area,
                         const std::string& path) {
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

// Rejects a limit that kills holders before the purge: in their initial state, or while they take
// what they hold.
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

// The smallest limit under which the first holder survives: the largest heap size checked against
// the limit in `base`, or in a run without a limit if it was killed in `base`.
beam::Result<std::uint64_t> least_limit(PredictionSpec spec, cells::Area& area, HolderKind kind,
                                        ReloadFigures base) {
  if (base.killed > 0) {
    kind.count = 1;
    spec.max_heap_words = 0;
    const auto figures = run_reload(spec, Variant{}, area, {&kind, 1}, 0);
    if (!figures) return figures.error();
    base = figures.value();
  }
  return std::max<std::uint64_t>(base.most_words_judged, beam::kDefaultMinHeapWords);
}

Failure describe(const std::string& path, const beam::Error& error) {
  return Failure{fmt::format("{}: {}", path, cells::error_text(error))};
}

// The most effective first.
void rank(std::vector<MitigationFigures>& mitigations, const ReloadFigures& doing_nothing) {
  std::ranges::stable_sort(mitigations, {}, [&](const MitigationFigures& each) {
    const ReloadFigures& figures = each.figures;
    return std::tuple(!is_worth_it(each, doing_nothing), figures.killed, figures.peak.touched,
                      figures.after.reserved);
  });
}

}  // namespace

bool is_worth_it(const MitigationFigures& mitigation, const ReloadFigures& doing_nothing) noexcept {
  const ReloadFigures& figures = mitigation.figures;
  if (figures.heap_words_after == 0 || figures.killed > doing_nothing.killed) return false;
  return figures.killed < doing_nothing.killed ||
         figures.peak.touched < doing_nothing.peak.touched ||
         figures.after.reserved < doing_nothing.after.reserved;
}

namespace {

// One prediction, reload by reload.
class Predictor {
 public:
  Predictor(const PredictionSpec& spec, cells::Area& area, const std::string& path,
            Workload workload, const PredictionWatch& watch)
      : spec_(spec), area_(area), path_(path), workload_(std::move(workload)), watch_(watch) {
    for (const HolderKind& kind : workload_.kinds)
      step_.heap_bytes += (spec.heap_words + kind.held_words) * beam::kWordBytes;
    step_.reloads =
        1 + static_cast<std::size_t>(std::ranges::count_if(
                kChoices, [&](const Choice& each) { return applies(each, spec, area); }));
  }

  [[nodiscard]] Outcome<Prediction> run() {
    describe_area();
    tell();
    BEAM_CHECK(run_plain());
    for (const Choice& choice : kChoices) {
      if (!applies(choice, spec_, area_)) continue;
      BEAM_CHECK(run_mitigation(choice));
    }
    rank(prediction_.mitigations, prediction_.figures);
    return std::move(prediction_);
  }

 private:
  void tell() const {
    if (watch_) watch_(step_);
  }
  void count() {
    ++step_.done;
    tell();
  }

  void describe_area() {
    prediction_.area_words = area_.image.area_words();
    prediction_.area_words_min = area_.bounds.min_words;
    prediction_.area_words_max = area_.bounds.max_words;
    prediction_.old_block_words = beam::next_block_words(prediction_.area_words);
    prediction_.literals = area_.usable.size();
    prediction_.kinds = workload_.kinds.size();
    prediction_.held_words = workload_.kinds.front().held_words;
    prediction_.held_literals = workload_.kinds.front().literals.size();
    const auto words = std::ranges::minmax(workload_.kinds, {}, &HolderKind::held_words);
    prediction_.held_words_min = words.min.held_words;
    prediction_.held_words_max = words.max.held_words;
    const auto size = [](const HolderKind& kind) { return kind.literals.size(); };
    const auto literals = std::ranges::minmax(workload_.kinds, {}, size);
    prediction_.held_literals_min = size(literals.min);
    prediction_.held_literals_max = size(literals.max);
  }

  [[nodiscard]] Outcome<Done> run_plain() {
    const auto base = run_reload(spec_, Variant{}, area_, workload_.kinds, 0);
    if (!base) return describe(path_, base.error());
    prediction_.figures = base.value();
    if (auto lives = check_alive(spec_, prediction_.figures); !lives) return lives;
    const auto limit = least_limit(spec_, area_, workload_.kinds.front(), prediction_.figures);
    if (!limit) return describe(path_, limit.error());
    prediction_.least_max_heap_words = limit.value();
    count();
    return Done{};
  }

  [[nodiscard]] Outcome<Done> run_mitigation(const Choice& choice) {
    const bool keyed = choice.variant.layout == Layout::kKeyed;
    const auto figures =
        run_reload(spec_, choice.variant, area_, keyed ? workload_.keyed_kinds : workload_.kinds,
                   workload_.most_keys);
    if (!figures) return describe(path_, figures.error());
    prediction_.mitigations.push_back({choice.mitigation, figures.value()});
    count();
    return Done{};
  }

  const PredictionSpec& spec_;
  cells::Area& area_;
  const std::string& path_;
  const Workload workload_;
  const PredictionWatch& watch_;
  PredictionStep step_;
  Prediction prediction_;
};

}  // namespace

Outcome<Prediction> predict(const PredictionSpec& spec, cells::Area& area, const std::string& path,
                            const PredictionWatch& watch) {
  BEAM_CHECK(check_held(spec, area, path));
  BEAM_CHECK(check_limit(spec));
  BEAM_TRY(auto workload, plan_workload(spec, area, path));
  return Predictor(spec, area, path, std::move(workload), watch).run();
}

}  // namespace bench::predict
