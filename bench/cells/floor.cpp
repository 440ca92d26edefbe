#include "bench/cells/floor.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <sys/mman.h>

#include "bench/cells/clock.hpp"
#include "bench/cells/random.hpp"

namespace bench {

namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kLineBytes = 64;
#ifdef PURGEBENCH_SANITIZED
// A sanitizer's shadows make every page several, and what is timed beside them says nothing.
constexpr std::size_t kColdBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxMeasuredBytes = std::size_t{1} << 20;
#else
// Larger than any cache that a process's line could be found in.
constexpr std::size_t kColdBytes = std::size_t{64} << 20;
// Largest working set that is measured; beyond it rates do not change.
constexpr std::size_t kMaxMeasuredBytes = std::size_t{256} << 20;
#endif
constexpr std::uint64_t kMinSampleNs = 100'000;
constexpr std::size_t kSamples = 5;

class Mapping {
 public:
  explicit Mapping(std::size_t bytes) noexcept
      : bytes_(bytes),
        at_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (ok()) munmap(at_, bytes_);
  }

  [[nodiscard]] bool ok() const noexcept { return at_ != MAP_FAILED; }
  [[nodiscard]] char* data() const noexcept { return static_cast<char*>(at_); }
  void touch() const noexcept { std::memset(at_, 1, bytes_); }

 private:
  std::size_t bytes_;
  void* at_;
};

// Median time of one call of `kernel`, repeated within a sample until the clock can see it.
template <class Kernel>
double median_ns(Kernel kernel) noexcept {
  std::uint64_t repeats = 1;
  std::array<double, kSamples> samples{};
  for (double& sample : samples) {
    for (;;) {
      const std::uint64_t start = wall_ns();
      for (std::uint64_t i = 0; i < repeats; ++i) kernel();
      const std::uint64_t spent = wall_ns() - start;
      sample = static_cast<double>(spent) / static_cast<double>(repeats);
      if (spent >= kMinSampleNs) break;
      repeats *= 4;
    }
  }
  std::ranges::sort(samples);
  return samples[kSamples / 2];
}

// Keeps the compiler from dropping a computation or from assuming what memory holds.
template <class T>
void keep(const T& value) noexcept {
  asm volatile("" : : "g"(&value) : "memory");
}

std::size_t measured_bytes(std::uint64_t bytes) noexcept {
  return std::clamp<std::size_t>(bytes / sizeof(std::uint64_t) * sizeof(std::uint64_t),
                                 sizeof(std::uint64_t), kMaxMeasuredBytes);
}

// ns for `bytes` at the rate of the kernel over `measured` bytes.
double scaled(double ns, std::uint64_t bytes, std::size_t measured) noexcept {
  return ns * static_cast<double>(bytes) / static_cast<double>(measured);
}

double read_ns(std::uint64_t bytes) noexcept {
  const std::size_t size = measured_bytes(bytes);
  const Mapping from(size);
  if (bytes == 0 || !from.ok()) return 0;
  from.touch();
  const auto* words = reinterpret_cast<const std::uint64_t*>(from.data());
  const double ns = median_ns([words, count = size / sizeof(std::uint64_t)] {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum ^= words[i];
    keep(sum);
  });
  return scaled(ns, bytes, size);
}

double copy_ns(std::uint64_t bytes) noexcept {
  const std::size_t size = measured_bytes(bytes);
  const Mapping from(size);
  const Mapping to(size);
  if (bytes == 0 || !from.ok() || !to.ok()) return 0;
  from.touch();
  to.touch();
  const double ns = median_ns([&from, &to, size] {
    std::memcpy(to.data(), from.data(), size);
    keep(*to.data());
  });
  return scaled(ns, bytes, size);
}

double touch_ns(std::uint64_t pages) noexcept {
  const std::size_t size =
      std::clamp<std::size_t>(pages * kPageBytes, kPageBytes, kMaxMeasuredBytes);
  const Mapping fresh(size);
  if (pages == 0 || !fresh.ok()) return 0;
  const double ns = median_ns([&fresh, size] {
    madvise(fresh.data(), size, MADV_DONTNEED);
    for (std::size_t at = 0; at < size; at += kPageBytes) fresh.data()[at] = 1;
  });
  return scaled(ns, pages * kPageBytes, size);
}

// One line that is in no cache, on its own page, found without waiting for the line before.
double line_ns() noexcept {
  const Mapping cold(kColdBytes);
  if (!cold.ok()) return 0;
  cold.touch();
  constexpr std::uint64_t kReads = 4096;
  Random random(1);
  const double ns = median_ns([&cold, &random] {
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < kReads; ++i) {
      sum += static_cast<std::uint64_t>(
          cold.data()[random.below(kColdBytes / kLineBytes) * kLineBytes]);
    }
    keep(sum);
  });
  return ns / static_cast<double>(kReads);
}

}  // namespace

std::uint64_t measure_floor(const FloorWork& work) noexcept {
  const double moved = std::max(read_ns(work.read_bytes), copy_ns(work.copied_bytes));
  const double lines = static_cast<double>(work.processes) * line_ns();
  return static_cast<std::uint64_t>(moved + touch_ns(work.touched_pages) + lines);
}

}  // namespace bench
