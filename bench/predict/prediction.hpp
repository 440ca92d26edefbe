// Predicts the spike and what would prevent it: runs a reload of a module, and the same reload
// under each mitigation, in the model.
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
  std::uint64_t area_words_min = 0;  // the range if it varies between runs of a VM; else area_words
  std::uint64_t area_words_max = 0;
  std::uint64_t old_block_words = 0;  // next(area_words), as the model allocates it
  std::uint64_t literals = 0;         // those with words
  std::uint64_t kinds = 0;            // different holders simulated
  std::uint64_t held_words = 0;       // of the first holder, like all figures of one holder
  std::uint64_t held_literals = 0;
  // Over all holders: if equal, the first holder's figures hold for each.
  std::uint64_t held_words_min = 0;
  std::uint64_t held_words_max = 0;
  std::uint64_t held_literals_min = 0;
  std::uint64_t held_literals_max = 0;
  // The smallest max_heap_size (words) under which the first holder survives.
  std::uint64_t least_max_heap_words = 0;
  ReloadFigures figures;
  // Ordered by: worth it, fewest killed, lowest peak, least reserved afterwards.
  std::vector<MitigationFigures> mitigations;
};

// Whether a mitigation may be advised: a holder survives, not more are killed than without it, and
// fewer are killed, or the peak is lower, or less stays reserved.
[[nodiscard]] bool is_worth_it(const MitigationFigures& mitigation,
                               const ReloadFigures& doing_nothing) noexcept;

// The progress of a prediction.
struct PredictionStep {
  std::size_t done = 0;          // reloads
  std::size_t reloads = 0;       // in total: the plain one and one per mitigation
  std::uint64_t heap_bytes = 0;  // live, of all processes in a reload
};
// Called before the first reload and after each.
using PredictionWatch = std::function<void(const PredictionStep&)>;

// Failure: one sentence that names the flag or `path` (the area's file): values that do not fit the
// area, or more memory than there is.
[[nodiscard]] Outcome<Prediction> predict(const PredictionSpec& spec, cells::Area& area,
                                          const std::string& path,
                                          const PredictionWatch& watch = {});

}  // namespace bench::predict
