#include "bench/report/determinism.hpp"

#include <algorithm>
#include <array>

namespace bench {

namespace {

// Each adds up over processes, or is read when none is being collected, so that order changes none.
constexpr std::array<std::string_view, 17> kSums = {"area_words",
                                                    "held_words",
                                                    "scanned_words",
                                                    "copied_words",
                                                    "copied_literal_words",
                                                    "temp_copied_words",
                                                    "allocations",
                                                    "killed",
                                                    "pause_samples",
                                                    "heap_words_before",
                                                    "heap_words_after",
                                                    "heap_words_settled",
                                                    "bystander_heap_words_after",
                                                    "area_bytes",
                                                    "reserved_before",
                                                    "reserved_after",
                                                    "live_after"};

// The highest value that a sum had on the way: the order decides it.
constexpr std::array<std::string_view, 1> kPeaks = {"reserved_peak"};

}  // namespace

bool deterministic(std::string_view key, const CellSpec& spec) {
  if (std::ranges::count(kPeaks, key) > 0) return spec.schedulers == 1;
  return std::ranges::count(kSums, key) > 0;
}

}  // namespace bench
