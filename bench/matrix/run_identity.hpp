// What shapes the figures of a run's cells besides their specs: libraries, what tunes them,
// modules.
#pragma once

#include <string>
#include <vector>

#include "bench/cells/cell_result.hpp"
#include "bench/matrix/plan.hpp"
#include "bench/report/one_run.hpp"

namespace bench::matrix {

// jemalloc takes options from what this link points to, too.
inline constexpr const char* kMallocConfLink = "/etc/malloc.conf";

// Of this program on this machine in this environment ("NAME=value" each), as it is now.
[[nodiscard]] report::RunIdentity identity_of(const RunPlan& plan,
                                              const std::vector<std::string>& environment);

// The result with what its cell's library, tuning and module are. A result of another library file
// or module than planned is a failed one: it changed since the run began.
[[nodiscard]] cells::CellResult with_identity(cells::CellResult result, const PlannedCell& cell,
                                              const report::RunIdentity& identity);

// Sentences about variables of the environment that would tune an allocator and do not reach the
// cells of some of the plan's.
[[nodiscard]] std::vector<std::string> dropped_tuning(const RunPlan& plan,
                                                      const std::vector<std::string>& environment);

// `env` with the link's target under the link's path, if there is such a link.
[[nodiscard]] std::map<std::string, std::string>
with_malloc_conf_link(std::map<std::string, std::string> env, const std::string& link);

}  // namespace bench::matrix
