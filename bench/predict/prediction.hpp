// The spike before it happens, and what would prevent it: a reload of a module, and the same reload
// under each mitigation, all of them run in the model.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/area.hpp"
#include "bench/predict/prediction_spec.hpp"
#include "bench/predict/reload.hpp"

namespace bench::predict {

enum class Mitigation {
  kHoldScalars,
  kEtsCopies,
  kPersistentTerms,
  kSplitModule,
  kHibernate,
  kCollectAfter,
};

struct MitigationFigures {
  Mitigation mitigation = Mitigation::kHoldScalars;
  ReloadFigures figures;
};

struct Prediction {
  std::uint64_t area_words = 0;
  std::uint64_t area_words_min = 0;  // where it varies between runs of a VM; else both area_words
  std::uint64_t area_words_max = 0;
  std::uint64_t old_block_words = 0;  // next(area_words), as the model allocates it
  std::uint64_t literals = 0;         // that have words
  std::uint64_t kinds = 0;            // how many different holders were run
  std::uint64_t held_words = 0;       // of the first holder, as all figures of one holder are
  std::uint64_t held_literals = 0;
  // Of all holders: where they hold as many literals of as many words, what is true of the first is
  // true of each.
  std::uint64_t held_words_min = 0;
  std::uint64_t held_words_max = 0;
  std::uint64_t held_literals_min = 0;
  std::uint64_t held_literals_max = 0;
  // The smallest max_heap_size (words) under which the first holder survives.
  std::uint64_t least_max_heap_words = 0;
  ReloadFigures figures;
  // Those that are worth it first; then by who is killed, the peak, and what stays reserved.
  std::vector<MitigationFigures> mitigations;
};

// Whether a mitigation may be advised: it leaves somebody alive, kills nobody whom doing nothing
// spares, and fewer are killed, or the peak is lower, or less stays reserved.
[[nodiscard]] bool is_worth_it(const MitigationFigures& mitigation,
                               const ReloadFigures& doing_nothing) noexcept;

// How far a prediction is.
struct PredictionStep {
  std::size_t done = 0;          // reloads
  std::size_t reloads = 0;       // in all: the plain one and each mitigation's
  std::uint64_t heap_bytes = 0;  // live, of all processes that a reload has
};
// Called before the first reload and behind each.
using PredictionWatch = std::function<void(const PredictionStep&)>;

// Failure: one sentence that names the flag or `path` (the area's file): values that do not fit the
// area, or more memory than there is.
[[nodiscard]] Outcome<Prediction> predict(const PredictionSpec& spec, cells::Area& area,
                                          const std::string& path,
                                          const PredictionWatch& watch = {});

}  // namespace bench::predict
