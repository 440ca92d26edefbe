// Runs one cell in a child of its own under its allocator. There is always a result: the
// measurement, or a failure with the reason.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bench/cells/cell_result.hpp"
#include "bench/matrix/child_process.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/matrix/plan.hpp"

namespace bench::matrix {

// The hidden command that a child runs: `cell FD SPEC`, the spec as JSON.
inline constexpr const char* kCellCommand = "cell";

// Empty: the run was interrupted, and the child has ended.
[[nodiscard]] std::optional<cells::CellResult>
run_in_child(const PlannedCell& cell, std::chrono::seconds timeout, const Interrupts& interrupts);

// Why the child gave no result, as a clause; empty if it exited normally.
[[nodiscard]] std::string why_it_failed(const ChildOutcome& outcome, std::chrono::seconds timeout);

[[nodiscard]] cells::CellResult failed_cell(std::string message);

// The result, or a failure if another library than `library` served the child; an empty `library`
// accepts any.
[[nodiscard]] cells::CellResult served_by(cells::CellResult result, const std::string& library);

}  // namespace bench::matrix
