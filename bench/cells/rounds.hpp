// The measurements of each purge of a cell, and their summary for a row.
#pragma once

#include <array>
#include <cstdint>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/series.hpp"
#include "engine/purge/strategy.hpp"

namespace bench::cells {

struct Round {
  beam::PurgeWork work;
  std::uint64_t purge_ns = 0;
  std::uint64_t cpu_ns = 0;
  std::uint64_t faults = 0;
  std::uint64_t allocations = 0;
  std::array<std::uint64_t, beam::kPurgePhases> phase_ns{};
};

// Whether two purges of the same scenario did the same work.
[[nodiscard]] bool same_work(const Round& a, const Round& b) noexcept;

// Counters are those of the first round, which all rounds share; times and page faults are each the
// median_high of the rounds (stats/order_statistics.hpp).
void summarise_rounds(Series<Round>& rounds, CellResult& result) noexcept;

}  // namespace bench::cells
