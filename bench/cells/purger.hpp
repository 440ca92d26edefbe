// Runs and times the purges of a cell, on this thread or on schedulers that it waits for.
//
// Threads and all memory are created beforehand. With schedulers, a phase's time is summed over
// them, and the pause of a process that refers to the area is the sum of its parts: it is scanned
// first and collected later.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "bench/cells/cell_blocks.hpp"
#include "bench/cells/purge_timer.hpp"
#include "bench/cells/scenario.hpp"
#include "engine/node/schedulers.hpp"

namespace bench::cells {

class Purger {
 public:
  // `clock` must outlive this.
  explicit Purger(Clock& clock) noexcept : clock_(clock) {}

  // Prepares `rounds` purges of the scenario's module; all arguments must outlive this. Error: no
  // memory or no threads.
  [[nodiscard]] beam::Result<beam::Unit> prepare(const CellSpec& spec, Scenario& scenario,
                                                 CellBlocks& blocks, std::uint64_t rounds);

  // Frees the old literals of `module`; see beam::Node::purge.
  [[nodiscard]] beam::Result<beam::PurgeWork> purge(beam::Term module,
                                                    const beam::PurgeStrategy& strategy) noexcept;
  // Ends the measurement of a purge that ended at `end_ns` of the clock.
  void finish(std::uint64_t end_ns) noexcept;

  // Of the last purge, summed over all threads, ns.
  [[nodiscard]] std::uint64_t phase_ns(beam::PurgePhase phase) const noexcept;
  // Of all purges so far.
  [[nodiscard]] beam::MappedArray<std::uint64_t>& pauses(ProcessKind kind) noexcept {
    return timers_[0]->pauses(kind);
  }

 private:
  [[nodiscard]] beam::Result<beam::Unit> start(CellBlocks& blocks);

  Clock& clock_;
  Scenario* scenario_ = nullptr;
  CellBlocks* blocks_ = nullptr;
  std::vector<std::unique_ptr<PurgeTimer>> timers_;  // one for each scheduler
  beam::MappedArray<std::uint64_t> parts_;           // of each process's pause, with schedulers
  std::unique_ptr<beam::Schedulers> schedulers_;     // null: this thread purges
};

}  // namespace bench::cells
