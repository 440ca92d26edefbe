// The floor of a purge: what any strategy on this machine has to pay for the problem itself.
//
// Every process's used words are read once, what holders hold is copied once into pages that are
// touched for it, and every process costs one cold cache line. Rates are measured here and now, in
// memory of as many bytes, each the least time of several ways to do the same (bandwidth.hpp): a
// floor that is made of anything slower could be beaten by doing the work well.
#pragma once

#include <cstdint>

namespace bench::cells {

struct FloorWork {
  std::uint64_t read_bytes = 0;    // used words of all processes
  std::uint64_t copied_bytes = 0;  // of literals that all holders hold
  std::uint64_t touched_pages = 0;
  std::uint64_t processes = 0;
};

// ns for one of each; 0 for what a work has nothing of.
struct FloorRates {
  double read_byte = 0;
  double copied_byte = 0;
  double touched_page = 0;
  double cold_line = 0;
};

// max(read, copy) + touch + processes x line, ns.
[[nodiscard]] std::uint64_t floor_of(const FloorWork& work, const FloorRates& rates) noexcept;

// At the sizes of `work`. A rate is 0 when there is no memory to measure it with.
[[nodiscard]] FloorRates measure_rates(const FloorWork& work) noexcept;

// Both.
[[nodiscard]] std::uint64_t measure_floor(const FloorWork& work) noexcept;

}  // namespace bench::cells
