// The floor of a purge: the least time that any strategy needs on this machine.
//
// Every process's used words are read once, held literals are copied once into freshly touched
// pages, and every process costs one cold cache line. Rates are measured in the same run, over as
// many bytes, each as the least time of several implementations (bandwidth.hpp): with slower ones a
// good strategy could beat the floor.
#pragma once

#include <cstdint>

namespace bench::cells {

struct FloorWork {
  std::uint64_t read_bytes = 0;    // used words of all processes
  std::uint64_t copied_bytes = 0;  // of literals held by all holders
  std::uint64_t touched_pages = 0;
  std::uint64_t processes = 0;
};

// ns per unit of each kind of work; 0 for kinds that do not occur.
struct FloorRates {
  double read_byte = 0;
  double copied_byte = 0;
  double touched_page = 0;
  double cold_line = 0;
};

// max(read, copy) + touch + processes x line, ns.
[[nodiscard]] std::uint64_t floor_of(const FloorWork& work, const FloorRates& rates) noexcept;

// Measures at the sizes of `work`. A rate is 0 if there is no memory to measure with.
[[nodiscard]] FloorRates measure_rates(const FloorWork& work) noexcept;

// measure_rates() and floor_of().
[[nodiscard]] std::uint64_t measure_floor(const FloorWork& work) noexcept;

}  // namespace bench::cells
