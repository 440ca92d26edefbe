// One reload, run in the model: a node with holders loads every part again and purges the old ones.
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

// What a reload does to all holders together, and to one of them (the first that survives).
struct ReloadFigures {
  std::uint64_t area_words = 0;         // of the largest part that was purged
  std::uint64_t purges = 0;             // parts that were purged, one after the other
  std::uint64_t heap_words_before = 0;  // total_heap_size, or what it had when it was killed
  std::uint64_t heap_words_after = 0;   // 0: nobody survives
  std::uint64_t heap_words_peak = 0;    // of the first holder: its blocks and the temporary copy
  // The largest heap that the first holder's limit was held against (Process::most_words_judged).
  std::uint64_t most_words_judged = 0;
  std::uint64_t killed = 0;
  std::uint64_t killed_before = 0;  // of these, while they took what they hold
  MemoryUse before;
  MemoryUse peak;
  MemoryUse after;
};

// Error: no memory, or the literal space is full. `most_keys`: how many literals a keyed layout
// replaces.
[[nodiscard]] beam::Result<ReloadFigures> run_reload(const PredictionSpec& spec,
                                                     const Variant& variant, cells::Area& area,
                                                     std::span<const HolderKind> kinds,
                                                     std::uint64_t most_keys);

}  // namespace bench::predict
