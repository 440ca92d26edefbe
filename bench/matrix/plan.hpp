// A run, planned: which cells, how often, within which limits. Everything that can be wrong with
// what was asked for is found here, before anything is created or started.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "allocators/registry.hpp"
#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

struct PlannedCell {
  cells::CellSpec spec;
  std::string name;
  ::allocators::Choice allocator;
  std::string module_hash;            // SHA-256 of the module's file; of a synthetic area empty
  std::uint64_t predicted_bytes = 0;  // at worst
};

struct RunPlan {
  std::vector<PlannedCell> cells;  // names differ; in the order in which they run
  std::uint64_t invocations = 1;   // of every cell: the list is run so many times over
  std::uint64_t timeout_seconds = 0;
  std::uint64_t memory_budget = 0;
};

// A failure is one sentence that names the flag or the file.
[[nodiscard]] Outcome<RunPlan> plan_run(const TypedFlags& typed);

}  // namespace bench::matrix
