#include "bench/cells/ballast.hpp"

#include <array>
#include <sys/mman.h>

namespace bench::cells {

namespace {

constexpr std::uint64_t kTolerancePercent = 1;

struct Reading {
  const char* fault;
  std::uint64_t bytes;
};

std::uint64_t growth(std::uint64_t before, std::uint64_t after) noexcept {
  return after > before ? after - before : 0;
}

}  // namespace

Ballast::~Ballast() {
  if (at_ != nullptr) munmap(at_, pages_ * kPageBytes);
}

bool Ballast::reserve(std::uint64_t pages) noexcept {
  if (pages == 0) return true;
  if (pages > ~std::uint64_t{0} / kPageBytes) return false;
  void* const at = mmap(nullptr, pages * kPageBytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) return false;
  at_ = static_cast<char*>(at);
  pages_ = pages;
  // Fails on a kernel without huge pages, where it is not needed.
  (void)madvise(at, pages * kPageBytes, MADV_NOHUGEPAGE);
  return true;
}

// Not instrumented: a sanitizer's shadow memory would cause page faults of its own.
__attribute__((no_sanitize("address", "thread"))) void
Ballast::touch(Instruments& instruments) noexcept {
  if (touched_) return;
  touched_ = true;
  const std::uint64_t before = instruments.minor_faults();
  for (std::uint64_t page = 0; page < pages_; ++page) at_[page * kPageBytes] = 1;
  faults_ = instruments.minor_faults() - before;
}

bool Ballast::shows(std::uint64_t value, std::uint64_t expected) const noexcept {
  const std::uint64_t off = value > expected ? value - expected : expected - value;
  return off <= expected / 100 * kTolerancePercent;
}

beam::Result<beam::Unit> Ballast::check(const CellMemory& memory) const noexcept {
  if (pages_ == 0) return beam::Unit{};
  const auto grown = [&memory](std::uint64_t bytes) {
    return growth(memory.resident_before, bytes);
  };
  const std::array<Reading, 4> readings = {
      {{"resident_after does not show the touched pages within 1%", grown(memory.resident_after)},
       {"resident_peak does not show the touched pages within 1%", grown(memory.resident_peak)},
       {"resident_collected does not show the touched pages within 1%",
        grown(memory.resident_collected)},
       {"resident_trimmed does not show the touched pages within 1%",
        grown(memory.resident_trimmed)}}};
  const std::uint64_t expected = pages_ * kPageBytes;
  for (const Reading& reading : readings) {
    if (!shows(reading.bytes, expected))
      return beam::Error{reading.fault,
                         beam::Error::kNowhere,
                         {reading.bytes, "{} bytes, and {} were touched", expected}};
  }
  for (const SettledReading& reading : memory.resident_settled) {
    if (!shows(grown(reading.resident), expected)) {
      return beam::Error{"resident_settled does not show the touched pages within 1%",
                         beam::Error::kNowhere,
                         {grown(reading.resident), "{} bytes, and {} were touched", expected}};
    }
  }
  if (shows(faults_, pages_)) return beam::Unit{};
  return beam::Error{"the page faults are not those of the touched pages within 1%",
                     beam::Error::kNowhere,
                     {faults_, "{} faults, and {} pages", pages_}};
}

}  // namespace bench::cells
