#include "bench/cells/floor.hpp"

#include <algorithm>
#include <cstddef>
#include <sys/mman.h>

#include "bench/cells/bandwidth.hpp"
#include "bench/cells/least_time.hpp"
#include "bench/cells/private_memory.hpp"
#include "bench/cells/random.hpp"

namespace bench::cells {

namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kLineBytes = 64;
#ifdef PURGEBENCH_SANITIZED
// Sanitizers multiply every page by their shadow, and times are meaningless anyway.
constexpr std::size_t kColdBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxMeasuredBytes = std::size_t{1} << 20;
#else
// Larger than a core's own caches, which could hold a process's line.
constexpr std::size_t kColdBytes = std::size_t{64} << 20;
// Largest working set measured; beyond it rates do not change.
constexpr std::size_t kMaxMeasuredBytes = std::size_t{256} << 20;
#endif
constexpr unsigned kSamples = 5;

std::size_t measured_bytes(std::uint64_t bytes) noexcept {
  return std::min<std::size_t>(bytes / sizeof(std::uint64_t) * sizeof(std::uint64_t),
                               kMaxMeasuredBytes);
}

// ns per item of `count` items.
double each(double ns, std::size_t count) noexcept {
  return count == 0 ? 0 : ns / static_cast<double>(count);
}

double read_byte_ns(std::uint64_t bytes) noexcept {
  const std::size_t size = measured_bytes(bytes);
  return each(fastest_read(size).ns, size);
}

double copied_byte_ns(std::uint64_t bytes) noexcept {
  const std::size_t size = measured_bytes(bytes);
  return each(fastest_copy(size).ns, size);
}

// One fault per page (a huge page if the kernel gives one) or, since Linux 5.14, one call for all.
double touched_page_ns(std::uint64_t pages) noexcept {
  const std::size_t size = std::min<std::size_t>(pages * kPageBytes, kMaxMeasuredBytes);
  if (size == 0) return 0;
  const PrivateMemory fresh(size);
  if (!fresh.ok()) return 0;
  double least = least_ns(kSamples, [&fresh, size] {
    madvise(fresh.data(), size, MADV_DONTNEED);
    for (std::size_t at = 0; at < size; at += kPageBytes) fresh.data()[at] = 1;
  });
#ifdef MADV_POPULATE_WRITE
  if (madvise(fresh.data(), size, MADV_POPULATE_WRITE) == 0) {
    least = std::min(least, least_ns(kSamples, [&fresh, size] {
                       madvise(fresh.data(), size, MADV_DONTNEED);
                       madvise(fresh.data(), size, MADV_POPULATE_WRITE);
                     }));
  }
#endif
  return each(least, size / kPageBytes);
}

// One line that is in none of the core's caches, read independently of the previous one: in random
// order, or in address order, as an allocator may have placed processes.
double cold_line_ns() noexcept {
  const PrivateMemory cold(kColdBytes);
  if (!cold.ok()) return 0;
  cold.touch();
  constexpr std::size_t kReads = 4096;
  constexpr std::size_t kStride = kColdBytes / kReads;
  Random random(1);
  std::size_t offset = 0;
  const double in_no_order = least_ns(kSamples, [&cold, &random] {
    char sum = 0;
    for (std::size_t i = 0; i < kReads; ++i) {
      sum ^= cold.data()[random.below(kColdBytes / kLineBytes) * kLineBytes];
    }
    keep(sum);
  });
  const double in_order = least_ns(kSamples, [&cold, &offset] {
    char sum = 0;
    offset = (offset + kLineBytes) % kStride;  // lines that the previous pass did not read
    for (std::size_t i = 0; i < kReads; ++i) sum ^= cold.data()[i * kStride + offset];
    keep(sum);
  });
  return each(std::min(in_no_order, in_order), kReads);
}

}  // namespace

std::uint64_t floor_of(const FloorWork& work, const FloorRates& rates) noexcept {
  const auto times = [](std::uint64_t count, double ns) { return static_cast<double>(count) * ns; };
  const double moved = std::max(times(work.read_bytes, rates.read_byte),
                                times(work.copied_bytes, rates.copied_byte));
  return static_cast<std::uint64_t>(moved + times(work.touched_pages, rates.touched_page) +
                                    times(work.processes, rates.cold_line));
}

FloorRates measure_rates(const FloorWork& work) noexcept {
  return {.read_byte = read_byte_ns(work.read_bytes),
          .copied_byte = copied_byte_ns(work.copied_bytes),
          .touched_page = touched_page_ns(work.touched_pages),
          .cold_line = work.processes == 0 ? 0 : cold_line_ns()};
}

std::uint64_t measure_floor(const FloorWork& work) noexcept {
  return floor_of(work, measure_rates(work));
}

}  // namespace bench::cells
