// Who measured least in one scenario, and whether that means anything.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/scenarios.hpp"

namespace bench {

// What allocators are ranked by.
struct Contest {
  std::string_view name;    // "peak"
  std::string_view lowest;  // "The lowest peak is"
  std::optional<double> (*read)(const CellResult&) = nullptr;
  std::string (*format)(double) = nullptr;
  bool bytes = false;  // of resident memory; else ns
};

// The pause at the 99th percentile, the resident peak, and what stays after the last --settle; both
// as growth since before the purge.
[[nodiscard]] const std::array<Contest, 3>& contests();

struct Standing {
  std::string name;  // the contender's
  Sample sample;
};

// What cells of one scenario and strategy measured, least first.
[[nodiscard]] std::vector<Standing> standings(const std::vector<const MeasuredCell*>& cells,
                                              const Contest& contest);

// Whether `a` is below `b` by more than chance and the kernel's resolution explain.
[[nodiscard]] bool clearly_below(const Standing& a, const Standing& b, const Contest& contest);

// " The lowest peak is glibc's, 6.00 MiB below mimalloc's."; empty when nobody's is.
[[nodiscard]] std::string lowest_sentence(const std::vector<Standing>& ranked,
                                          const Contest& contest);

}  // namespace bench
