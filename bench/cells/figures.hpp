// What a row says, from what was read: pure functions, one for each figure that is more than a
// reading.
#pragma once

#include <cstdint>
#include <span>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/floor.hpp"

namespace bench::cells {

// One quantity of several processes, added in their order.
class SpreadOf {
 public:
  void add(std::uint64_t value) noexcept;
  // The first value and the extremes; 0 when nothing was added.
  [[nodiscard]] const Spread& spread() const noexcept { return spread_; }

 private:
  Spread spread_;
  bool empty_ = true;
};

// Fewer pauses have no 99th percentile.
inline constexpr std::size_t kSamplesForP99 = 100;

// The figures of pauses, of ns each; both get sorted.
void summarise_pauses(std::span<std::uint64_t> holders, std::span<std::uint64_t> bystanders,
                      CellResult& result) noexcept;

// What is resident after the purge, and what of that is not the heaps' and their allocator's.
// Bytes.
struct HeapResidency {
  std::uint64_t resident = 0;
  std::uint64_t base = 0;     // was there before the first process
  std::uint64_t kept = 0;     // temporary blocks that wait for the next purge
  std::uint64_t ballast = 0;  // touched to check the readings
  std::uint64_t live = 0;     // in the heaps
};

// What heaps and the allocator behind them have resident over what is live in them; 0 when that is
// nothing. Before the first process there was one version of the area, and after the purge there is
// one again.
[[nodiscard]] double fragmentation(const HeapResidency& memory) noexcept;

// Floor over measured; 0 when nothing was measured.
[[nodiscard]] double efficiency(std::uint64_t floor_ns, std::uint64_t measured_ns) noexcept;

// Whether the purge took less than its floor, which is then at fault: some of what it counts was
// not paid. The figure is kept as it is and marked wherever it is shown.
[[nodiscard]] constexpr bool beats_floor(double efficiency) noexcept { return efficiency > 1; }

// What the floor of a purge has to do: read `used_bytes` of all processes, copy `held_words` of all
// holders together, each holder's into whole pages of its own.
[[nodiscard]] FloorWork floor_work(const CellSpec& spec, std::uint64_t used_bytes,
                                   std::uint64_t held_words) noexcept;

// The number of purges that `spec` gets when it does not say: as many as a fixed budget of work
// allows, decided from the spec alone, so that it is the same everywhere.
[[nodiscard]] std::uint64_t planned_rounds(const CellSpec& spec, std::uint64_t area_words) noexcept;

}  // namespace bench::cells
