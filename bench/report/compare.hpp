// `compare BASE NEW`: what changed between two runs.
//
// Rows of one name are invocations of one cell. What is compared, and how, is in the table of
// measures (cells/measures.hpp): deterministic counters exactly, by their `_max` if there is one,
// taking the largest of all invocations; one that grew is a regression. Times, resident bytes, and
// counters that depend on timing are shown as medians with their ratio and are not gated. Settings,
// and values that depend on how many rounds fit the time budget, are not compared.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"

namespace bench::report {

struct Comparison {
  std::string text;  // for a terminal
  std::string json;
  // A gated counter grew, or a cell that did not fail in BASE failed in NEW: exit 1.
  bool regressed = false;
};

// Each side is a run folder, its run.json, or any Google Benchmark JSON (only its times are
// compared). A failure (damaged input, or no cell in common) is one sentence naming the file: exit
// 2.
[[nodiscard]] Outcome<Comparison> compare_runs(const std::filesystem::path& base,
                                               const std::filesystem::path& contender,
                                               std::size_t width);

}  // namespace bench::report
