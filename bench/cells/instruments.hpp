// Everything a cell reads from outside: clocks, and the kernel's figures for this process. All
// readings go through here, so that a test can set each one and check every figure of a row.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/cells/clock.hpp"
#include "bench/cells/control_group.hpp"
#include "bench/cells/floor.hpp"
#include "bench/cells/memory_probe.hpp"

namespace bench::cells {

// The real instruments. Only construction allocates.
class Instruments : public Clock {
 public:
  Instruments();

  [[nodiscard]] virtual Residency residency() noexcept { return read_residency(); }
  // Resets the peak residency of the process and of the control group to the current values.
  virtual void reset_peaks() noexcept;
  // Bytes of all processes in the control group; empty if unavailable.
  [[nodiscard]] virtual std::optional<std::uint64_t> group_peak() noexcept {
    return group_peak_.read();
  }
  [[nodiscard]] virtual std::uint64_t minor_faults() noexcept {
    return bench::cells::minor_faults();
  }
  virtual void wait(std::uint64_t ms) noexcept;
  // In ns; allocates memory to measure with.
  [[nodiscard]] virtual std::uint64_t floor_ns(const FloorWork& work) noexcept {
    return measure_floor(work);
  }

 private:
  GroupPeak group_peak_;
};

}  // namespace bench::cells
