// What a cell reads of the world outside of it: clocks, and what the kernel says of this process.
// All readings go through here, so that a test can say what each of them is and hold every figure
// of a row to it.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/cells/clock.hpp"
#include "bench/cells/control_group.hpp"
#include "bench/cells/floor.hpp"
#include "bench/cells/memory_probe.hpp"

namespace bench::cells {

// The real ones. None of the functions allocates; construction does.
class Instruments : public Clock {
 public:
  Instruments();

  [[nodiscard]] virtual Residency residency() noexcept { return read_residency(); }
  // The highest residency, and that of the control group, start anew from what is there now.
  virtual void reset_peaks() noexcept;
  // Bytes of everybody in the control group; empty when the kernel does not tell.
  [[nodiscard]] virtual std::optional<std::uint64_t> group_peak() noexcept {
    return group_peak_.read();
  }
  [[nodiscard]] virtual std::uint64_t minor_faults() noexcept {
    return bench::cells::minor_faults();
  }
  virtual void wait(std::uint64_t ms) noexcept;
  // ns; takes memory of its own.
  [[nodiscard]] virtual std::uint64_t floor_ns(const FloorWork& work) noexcept {
    return measure_floor(work);
  }

 private:
  GroupPeak group_peak_;
};

}  // namespace bench::cells
