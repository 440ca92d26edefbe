// Runs a plan: all cells once, then all again, for each invocation, so that drift of the machine
// affects all cells alike and an interrupted run has results to compare.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "bench/matrix/plan.hpp"
#include "bench/report/one_run.hpp"
#include "bench/report/row.hpp"

namespace bench::matrix {

// A name and an invocation.
using RowKey = std::pair<std::string, std::uint64_t>;

struct MatrixOutcome {
  bool failed = false;       // a cell failed
  bool interrupted = false;  // the run was interrupted; the running cell has no row
};

// Passes each row to `take` when its cell ends. Rows in `done` are not run again. `identity` was
// taken when the run began.
[[nodiscard]] MatrixOutcome run_matrix(const RunPlan& plan, const report::RunIdentity& identity,
                                       const std::set<RowKey>& done,
                                       const std::function<void(report::Row)>& take);

}  // namespace bench::matrix
