// Runs one cell in this process and measures it.
//
// The caller sees to it that the process is fresh and that the allocator under test serves it.
// Between the end of building and the last reading the harness makes no malloc call of its own:
// whatever it needs then was taken and touched before.
#pragma once

#include "allocators/statistics.hpp"
#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/instruments.hpp"
#include "engine/purge/strategy.hpp"

namespace bench::cells {

// What the caller may want to do around a measurement. The functions are called, in this order,
// when everything is built and before anything is torn down.
struct CellHooks {
  virtual ~CellHooks() = default;
  virtual void window_opens() noexcept {}
  virtual void window_closes() noexcept {}
  // Asks the allocator to give unused memory back to the system.
  virtual void trim_allocator() noexcept {}
  // What the allocator says of itself; called in the window, so it allocates nothing.
  [[nodiscard]] virtual allocators::Statistics allocator_statistics() noexcept { return {}; }
};

// A failed cell says why in error_message; nothing is thrown.
[[nodiscard]] CellResult run_cell(const CellSpec& spec, CellHooks& hooks);

// The same with these readings, and with a strategy of the caller's in place of the spec's.
[[nodiscard]] CellResult run_cell(const CellSpec& spec, CellHooks& hooks, Instruments& instruments,
                                  const beam::PurgeStrategy& strategy);

}  // namespace bench::cells
