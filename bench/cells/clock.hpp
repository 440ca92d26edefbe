// Nanoseconds. Reading the monotonic clock costs about 25 ns and no system call.
#pragma once

#include <cstdint>
#include <ctime>

namespace bench::cells {

[[nodiscard]] inline std::uint64_t read_clock(clockid_t clock) noexcept {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}
[[nodiscard]] inline std::uint64_t wall_ns() noexcept { return read_clock(CLOCK_MONOTONIC); }
// CPU time of the whole process.
[[nodiscard]] inline std::uint64_t cpu_ns() noexcept {
  return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

// The time source of all timing code, so that a test can control time. The virtual call adds about
// 1 ns. Thread-safe.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual std::uint64_t wall_ns() noexcept { return bench::cells::wall_ns(); }
  [[nodiscard]] virtual std::uint64_t cpu_ns() noexcept { return bench::cells::cpu_ns(); }
};

}  // namespace bench::cells
