#include "bench/cells/instruments.hpp"

#include <string>
#include <unistd.h>

namespace bench::cells {

namespace {

std::string own_peak_file() {
  return peak_file(memory_groups("/proc/self/cgroup", "/sys/fs/cgroup"));
}

}  // namespace

Instruments::Instruments() : group_peak_(own_peak_file()) {}

void Instruments::reset_peaks() noexcept {
  reset_peak();
  group_peak_.reset();
}

void Instruments::wait(std::uint64_t ms) noexcept { usleep(static_cast<useconds_t>(1000 * ms)); }

}  // namespace bench::cells
