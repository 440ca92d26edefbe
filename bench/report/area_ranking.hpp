// How the order of the allocators changes with the area, in words.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/report/scenarios.hpp"

namespace bench::report {

// For scenarios that differ only in their area, area by area: the order of the contenders in peak,
// pauses and remaining memory. Where intervals overlap no order is claimed. Empty when no scenario
// was measured with two areas and two contenders.
[[nodiscard]] std::string area_ranking(std::span<const MeasuredScenario> scenarios,
                                       std::size_t width);

}  // namespace bench::report
