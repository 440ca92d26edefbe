// Row values derived from readings: one pure function per derived figure.
#pragma once

#include <cstdint>
#include <span>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/floor.hpp"
#include "engine/purge/strategy.hpp"

namespace bench::cells {

// One quantity of several processes, added in their order.
class SpreadOf {
 public:
  void add(std::uint64_t value) noexcept;
  // The first value, the least and the largest; 0 if none were added.
  [[nodiscard]] const Spread& spread() const noexcept { return spread_; }

 private:
  Spread spread_;
  bool empty_ = true;
};

// The minimum for a 99th percentile.
inline constexpr std::size_t kSamplesForP99 = 100;

// The pauses of all rounds by the kind of their process, in ns.
struct Pauses {
  std::span<std::uint64_t> holders;
  std::span<std::uint64_t> bystanders;
  std::span<std::uint64_t> dead_holders;
};

// Summarises them; sorts all spans.
void summarise_pauses(const Pauses& pauses, CellResult& result) noexcept;

// Resident memory after the purge, and the parts that are not heaps or their allocator's, in bytes.
struct HeapResidency {
  std::uint64_t resident = 0;
  std::uint64_t base = 0;     // resident before the first process
  std::uint64_t kept = 0;     // temporary blocks kept for the next purge
  std::uint64_t ballast = 0;  // touched to check the readings
  std::uint64_t live = 0;     // in the heaps
};

// Resident bytes of heaps and their allocator over live bytes; 0 if nothing is live. The area
// cancels out: one version exists before the first process, and one after the purge.
[[nodiscard]] double fragmentation(const HeapResidency& memory) noexcept;

// Floor over measured; 0 if nothing was measured.
[[nodiscard]] double efficiency(std::uint64_t floor_ns, std::uint64_t measured_ns) noexcept;

// Whether the purge took less than its floor. The floor is then wrong: it counts a cost that was
// not paid. The figure is kept and marked wherever it is shown.
[[nodiscard]] constexpr bool beats_floor(double efficiency) noexcept { return efficiency > 1; }

// The work in the floor of a purge: read `used_bytes` of all processes, copy `held_words` of all
// holders, each holder's into whole pages of its own. Of a dead holder there is nothing to copy.
[[nodiscard]] FloorWork floor_work(const CellSpec& spec, std::uint64_t used_bytes,
                                   std::uint64_t held_words) noexcept;

// What the spec's strategy needs for one holder at most, in an area of so many words. A strategy
// that is unknown needs what the runtime's does.
[[nodiscard]] beam::HolderNeeds needs_of_holder(const CellSpec& spec,
                                                std::uint64_t area_words) noexcept;

// The same for one dead holder: of it nothing is reached but by a strategy that looks for every
// slot, garbage included.
[[nodiscard]] beam::HolderNeeds needs_of_dead_holder(const CellSpec& spec,
                                                     std::uint64_t area_words) noexcept;

// The default number of purges for `spec`: as many as a fixed work budget allows, computed from the
// spec alone, so that it is the same on every machine.
[[nodiscard]] std::uint64_t planned_rounds(const CellSpec& spec, std::uint64_t area_words) noexcept;

}  // namespace bench::cells
