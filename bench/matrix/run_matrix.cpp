#include "bench/matrix/run_matrix.hpp"

#include <fmt/format.h>

#include "bench/matrix/cell_runner.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/matrix/progress.hpp"
#include "bench/matrix/run_identity.hpp"
#include "bench/report/context.hpp"
#include "bench/report/units.hpp"

namespace bench::matrix {
namespace {

using Clock = std::chrono::steady_clock;

struct Step {
  const PlannedCell* cell;
  std::uint64_t invocation;
};

std::vector<Step> steps_of(const RunPlan& plan, const std::set<RowKey>& done) {
  std::vector<Step> steps;
  for (std::uint64_t invocation = 0; invocation < plan.invocations; ++invocation) {
    for (const PlannedCell& cell : plan.cells) {
      if (!done.contains({cell.name, invocation})) steps.push_back({&cell, invocation});
    }
  }
  return steps;
}

cells::CellResult skipped_cell(const PlannedCell& cell, std::uint64_t budget) {
  cells::CellResult result;
  result.skipped = true;
  result.predicted_bytes = cell.predicted_bytes;
  result.skip_message =
      fmt::format("may need {}, more than the {} that may be used (--memory-budget)",
                  report::format_bytes(static_cast<double>(cell.predicted_bytes)),
                  report::format_bytes(static_cast<double>(budget)));
  return result;
}

}  // namespace

MatrixOutcome run_matrix(const RunPlan& plan, const report::RunIdentity& identity,
                         const std::set<RowKey>& done,
                         const std::function<void(report::Row)>& take) {
  const Interrupts interrupts;
  const std::vector<Step> steps = steps_of(plan, done);
  const std::chrono::seconds timeout(plan.timeout_seconds);
  Estimate estimate;
  for (const Step& step : steps) estimate.expect(step.cell->name);

  MatrixOutcome outcome;
  ProgressLine progress;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const PlannedCell& cell = *steps[i].cell;
    progress.draw(i, steps.size(), estimate.left(), cell.name);
    const auto start = Clock::now();
    std::optional<cells::CellResult> result;
    if (cell.predicted_bytes > plan.memory_budget) {
      result = skipped_cell(cell, plan.memory_budget);
    } else {
      result = run_in_child(cell, timeout, interrupts);
    }
    outcome.interrupted = !result || interrupts.requested();
    if (!result) break;
    estimate.took(cell.name, Clock::now() - start);
    *result = with_identity(std::move(*result), cell, identity);
    result->provenance = report::provenance_here();
    outcome.failed = outcome.failed || result->failed;
    take({cell.spec, std::move(*result), steps[i].invocation, plan.invocations});
    if (outcome.interrupted) break;
  }
  return outcome;
}

}  // namespace bench::matrix
