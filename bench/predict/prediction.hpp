// The spike before it happens, and what would prevent it: a reload of a module, and the same reload
// under each mitigation, all of them run in the model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/cells/area.hpp"
#include "bench/predict/prediction_spec.hpp"
#include "bench/predict/reload.hpp"
#include "bench/report/outcome.hpp"

namespace bench {

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
  std::uint64_t held_words = 0;       // of the first holder
  std::uint64_t held_literals = 0;
  // The smallest max_heap_size (words) under which the first holder survives, found by trying.
  std::uint64_t least_max_heap_words = 0;
  ReloadFigures figures;
  std::vector<MitigationFigures> mitigations;  // what helps most first: peak, then reserved
};

// Failure: one sentence that names the flag or `path` (the area's file): values that do not fit the
// area, or more memory than there is.
[[nodiscard]] Outcome<Prediction> predict(const PredictionSpec& spec, Area& area,
                                          const std::string& path);

}  // namespace bench
