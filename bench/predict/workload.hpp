// How much of a prediction is really run, so that any question is answered in seconds or refused.
//
// Holders of one kind do the same, so that one of them stands for all; what is decided here is how
// many kinds there are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/area.hpp"
#include "bench/predict/holders.hpp"
#include "bench/predict/prediction_spec.hpp"

namespace bench::predict {

struct Workload {
  std::vector<HolderKind> kinds;
  // With persistent terms every key is a purge of its own: perhaps fewer kinds, and not all keys.
  std::vector<HolderKind> keyed_kinds;
  std::uint64_t most_keys = 0;
};

// The spec fits the area. Failure: one sentence that names the memory it would take.
[[nodiscard]] Outcome<Workload> plan_workload(const PredictionSpec& spec, const cells::Area& area,
                                              const std::string& path);

}  // namespace bench::predict
