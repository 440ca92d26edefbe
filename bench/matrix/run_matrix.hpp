// Runs a plan: all cells once, then all of them again, as often as there are invocations, so that
// what drifts on the machine touches every cell alike and a run that is cut short has compared
// something.
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
  bool interrupted = false;  // the run was told to stop; the cell that ran has no row
};

// Gives each row to `take` as its cell ends. Rows in `done` are not run again. `identity` is of
// when the run began.
[[nodiscard]] MatrixOutcome run_matrix(const RunPlan& plan, const report::RunIdentity& identity,
                                       const std::set<RowKey>& done,
                                       const std::function<void(report::Row)>& take);

}  // namespace bench::matrix
