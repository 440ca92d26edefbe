// What the kernel says this process has, read without a single malloc.
#pragma once

#include <cstdint>
#include <string_view>

namespace bench::cells {

// Bytes, from /proc/self/status. The kernel's counters are exact to about 0.25 MiB.
struct Residency {
  std::uint64_t rss = 0;        // VmRSS
  std::uint64_t anonymous = 0;  // RssAnon: heaps, stacks, private mappings
  std::uint64_t peak_rss = 0;   // VmHWM since the last reset_peak()
  // Address space: all mappings, be they touched or not.
  std::uint64_t virtual_size = 0;  // VmSize
  std::uint64_t virtual_peak = 0;  // VmPeak of the process's whole life; nothing resets it

  // Highest anonymous residency: the peak less what files and shared memory hold now.
  [[nodiscard]] std::uint64_t peak_anonymous() const noexcept {
    const std::uint64_t other = rss - anonymous;
    return peak_rss > other && peak_rss - other > anonymous ? peak_rss - other : anonymous;
  }
};

// What a text like that of /proc/self/status says; 0 for a line that it does not have.
[[nodiscard]] Residency parse_residency(std::string_view status) noexcept;

// All zero when /proc is not there.
[[nodiscard]] Residency read_residency() noexcept;

// Sets VmHWM to what is resident now (/proc/self/clear_refs, value 5). False: the kernel refuses.
bool reset_peak() noexcept;

// Page faults of this process that needed no disk.
[[nodiscard]] std::uint64_t minor_faults() noexcept;

}  // namespace bench::cells
