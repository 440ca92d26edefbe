// The plan of a run: which cells, how often, within which limits. Every error in the request is
// found here, before anything is created or started.
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
  std::string module_hash;            // SHA-256 of the module's file; else empty
  std::uint64_t predicted_bytes = 0;  // at worst
};

struct RunPlan {
  std::vector<PlannedCell> cells;  // with distinct names, in the order they run
  std::uint64_t invocations = 1;   // of every cell: the whole list is run this many times
  std::uint64_t timeout_seconds = 0;
  std::uint64_t memory_budget = 0;
};

// A failure is one sentence that names the flag or the file.
[[nodiscard]] Outcome<RunPlan> plan_run(const TypedFlags& typed);

}  // namespace bench::matrix
