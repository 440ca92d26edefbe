// `compare BASE NEW`: what changed between two runs.
//
// Rows of one name are invocations of one cell. Counters (kGatedCounters) are compared exactly
// where they are deterministic (determinism.hpp): one that grew is a regression. Times, resident
// bytes, and counters that depend on timing in a cell are shown as medians with their ratio, and
// judge nothing.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/report/outcome.hpp"

namespace bench {

// The counters that must not grow. Of a row's integers these are neither a setting (holders,
// term_words, ...) nor what the rounds decide that fit into the time budget (rounds,
// pause_samples). A counter with a `_max` beside it is compared by that, and invocations by their
// largest.
inline constexpr std::array<std::string_view, 13> kGatedCounters = {"scanned_words",
                                                                    "copied_words",
                                                                    "copied_literal_words",
                                                                    "temp_copied_words",
                                                                    "allocations",
                                                                    "killed",
                                                                    "heap_words_before",
                                                                    "heap_words_after",
                                                                    "heap_words_settled",
                                                                    "reserved_before",
                                                                    "reserved_after",
                                                                    "reserved_peak",
                                                                    "bystander_heap_words_after"};

// What was purged. When these differ (a module changed) it is said, and explains the others; alone
// it is no regression.
inline constexpr std::array<std::string_view, 2> kInputCounters = {"area_words", "held_words"};

struct Comparison {
  std::string text;  // for a terminal
  std::string json;
  // A gated counter grew, or a cell that did not fail in BASE failed in NEW: exit 1.
  bool regressed = false;
};

// Each side is a run folder, its run.json, or any Google Benchmark JSON (of which only times are
// compared). A failure (damaged input, or no cell in common) is one sentence that names the file:
// exit 2.
[[nodiscard]] Outcome<Comparison> compare_runs(const std::filesystem::path& base,
                                               const std::filesystem::path& contender,
                                               std::size_t width);

}  // namespace bench
