// One reload in the model: a node with holders loads every part again and purges the old ones.
#pragma once

#include <cstdint>
#include <span>

#include "bench/cells/area.hpp"
#include "bench/predict/holder_memory.hpp"
#include "bench/predict/holders.hpp"
#include "bench/predict/prediction_spec.hpp"
#include "bench/predict/variant.hpp"
#include "engine/base/result.hpp"

namespace bench::predict {

// The effect of a reload on all holders, and on one of them (the first that survives).
struct ReloadFigures {
  std::uint64_t area_words = 0;         // of the largest purged part
  std::uint64_t purges = 0;             // number of purged parts
  std::uint64_t heap_words_before = 0;  // total_heap_size, or the size when it was killed
  std::uint64_t heap_words_after = 0;   // 0: no holder survives
  std::uint64_t heap_words_peak = 0;    // of the first holder: its blocks and the temporary copy
  // The largest heap of the first holder that was checked against its limit
  // (Process::most_words_judged).
  std::uint64_t most_words_judged = 0;
  std::uint64_t killed = 0;
  std::uint64_t killed_before = 0;  // of these, while taking what they hold
  MemoryUse before;
  MemoryUse peak;
  MemoryUse after;
};

// Error: no memory, or the literal space is full. `most_keys`: number of literals that a keyed
// layout replaces.
[[nodiscard]] beam::Result<ReloadFigures> run_reload(const PredictionSpec& spec,
                                                     const Variant& variant, cells::Area& area,
                                                     std::span<const HolderKind> kinds,
                                                     std::uint64_t most_keys);

}  // namespace bench::predict
