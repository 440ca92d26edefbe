// The floor of a purge: what any strategy on this machine has to pay for the problem itself.
//
// Every process's used words are read once, what holders hold is copied once into pages that are
// touched for it, and every process costs one cold cache line. Rates are measured here and now by
// plain kernels over private mappings of the same size, the median of five.
#pragma once

#include <cstdint>

namespace bench {

struct FloorWork {
  std::uint64_t read_bytes = 0;    // used words of all processes
  std::uint64_t copied_bytes = 0;  // of literals that all holders hold
  std::uint64_t touched_pages = 0;
  std::uint64_t processes = 0;
};

// max(read, copy) + touch + processes x line, ns. 0 when there is no memory to measure with.
[[nodiscard]] std::uint64_t measure_floor(const FloorWork& work) noexcept;

}  // namespace bench
