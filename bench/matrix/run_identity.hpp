// What determines the figures of a run besides the specs: libraries, their tuning, modules.
#pragma once

#include <string>
#include <vector>

#include "bench/cells/cell_result.hpp"
#include "bench/matrix/plan.hpp"
#include "bench/report/one_run.hpp"

namespace bench::matrix {

// jemalloc also reads options from this link's target.
inline constexpr const char* kMallocConfLink = "/etc/malloc.conf";

// The current identity: this program, this machine, this environment ("NAME=value" each).
[[nodiscard]] report::RunIdentity identity_of(const RunPlan& plan,
                                              const std::vector<std::string>& environment);

// The result with the identity of its library, tuning and module added. If the library file or the
// module is not the planned one, it changed since the run began, and the result is a failure.
[[nodiscard]] cells::CellResult with_identity(cells::CellResult result, const PlannedCell& cell,
                                              const report::RunIdentity& identity);

// Sentences about environment variables that tune an allocator but do not reach the cells of some
// allocators of the plan.
[[nodiscard]] std::vector<std::string> dropped_tuning(const RunPlan& plan,
                                                      const std::vector<std::string>& environment);

// `env` with the link's target added under the link's path, if the link exists.
[[nodiscard]] std::map<std::string, std::string>
with_malloc_conf_link(std::map<std::string, std::string> env, const std::string& link);

}  // namespace bench::matrix
