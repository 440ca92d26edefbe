// The kernel's memory figures for this process, read without calling malloc.
#pragma once

#include <cstdint>
#include <string_view>

namespace bench::cells {

// Bytes, from /proc/self/status. The kernel's counters are exact to about 0.25 MiB.
struct Residency {
  std::uint64_t rss = 0;        // VmRSS
  std::uint64_t anonymous = 0;  // RssAnon: heaps, stacks, private mappings
  std::uint64_t peak_rss = 0;   // VmHWM since the last reset_peak()
  // Address space: all mappings, touched or not.
  std::uint64_t virtual_size = 0;  // VmSize
  std::uint64_t virtual_peak = 0;  // VmPeak; cannot be reset

  // Peak anonymous residency: VmHWM minus the current file and shared memory pages.
  [[nodiscard]] std::uint64_t peak_anonymous() const noexcept {
    const std::uint64_t other = rss - anonymous;
    return peak_rss > other && peak_rss - other > anonymous ? peak_rss - other : anonymous;
  }
};

// Parses the text of /proc/self/status; 0 for a missing line.
[[nodiscard]] Residency parse_residency(std::string_view status) noexcept;

// All zero without /proc.
[[nodiscard]] Residency read_residency() noexcept;

// Resets VmHWM to the current RSS (/proc/self/clear_refs, value 5). False: not permitted.
bool reset_peak() noexcept;

// Page faults of this process without disk access.
[[nodiscard]] std::uint64_t minor_faults() noexcept;

}  // namespace bench::cells
