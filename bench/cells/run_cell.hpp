// Runs one cell in this process and measures it.
//
// The caller ensures that the process is fresh and runs on the allocator under test. Between the
// end of setup and the last reading the harness itself never calls malloc: all it needs is
// allocated and touched before.
#pragma once

#include "allocators/statistics.hpp"
#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/instruments.hpp"
#include "engine/purge/strategy.hpp"

namespace bench::cells {

// The caller's hooks around a measurement, called in this order between setup and teardown.
struct CellHooks {
  virtual ~CellHooks() = default;
  virtual void window_opens() noexcept {}
  virtual void window_closes() noexcept {}
  // Asks the allocator to return unused memory to the system.
  virtual void trim_allocator() noexcept {}
  // The allocator's own statistics; called in the window, so it must not allocate.
  [[nodiscard]] virtual allocators::Statistics allocator_statistics() noexcept { return {}; }
};

// A failed cell gives the reason in error_message; never throws.
[[nodiscard]] CellResult run_cell(const CellSpec& spec, CellHooks& hooks);

// The same with the given instruments, and the caller's strategy instead of the spec's.
[[nodiscard]] CellResult run_cell(const CellSpec& spec, CellHooks& hooks, Instruments& instruments,
                                  const beam::PurgeStrategy& strategy);

}  // namespace bench::cells
