// One cell, run in a child of its own under its allocator. Whatever becomes of the child, there is
// a result: what it measured, or a failure with the reason.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bench/cells/cell_result.hpp"
#include "bench/matrix/child_process.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/matrix/plan.hpp"

namespace bench::matrix {

// Arguments of the hidden command that a child runs: this, the descriptor, the spec as JSON.
inline constexpr const char* kCellCommand = "cell";

// Empty: the run was told to stop, and the child is gone.
[[nodiscard]] std::optional<cells::CellResult>
run_in_child(const PlannedCell& cell, std::chrono::seconds timeout, const Interrupts& interrupts);

// Why a child that ended so brought no result, as a clause; empty when it ended well.
[[nodiscard]] std::string why_it_failed(const ChildOutcome& outcome, std::chrono::seconds timeout);

[[nodiscard]] cells::CellResult failed_cell(std::string message);

// The result, or a failure when it says that another library served the child than `library`, which
// should have; an empty `library` may be any.
[[nodiscard]] cells::CellResult served_by(cells::CellResult result, const std::string& library);

}  // namespace bench::matrix
