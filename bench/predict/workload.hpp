// How much of a prediction is simulated, so that any input is answered in seconds or rejected.
//
// One process stands for all holders of a kind; this decides the number of kinds.
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
  // With persistent terms every key is a separate purge: possibly fewer kinds, and not all keys.
  std::vector<HolderKind> keyed_kinds;
  std::uint64_t most_keys = 0;
};

// The spec must fit the area. Failure: one sentence with the memory it would take.
[[nodiscard]] Outcome<Workload> plan_workload(const PredictionSpec& spec, const cells::Area& area,
                                              const std::string& path);

}  // namespace bench::predict
