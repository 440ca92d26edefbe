// The settings of a run besides its axes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"
#include "bench/matrix/cell_check.hpp"

namespace bench::matrix {

// These flags, in help order. Their values go to Settings.
[[nodiscard]] std::span<const Flag> setting_flags();

struct Settings {
  std::vector<std::string> presets;  // --preset
  cells::CellSpec common;            // --rounds --settle --seed --literal-space
  std::uint64_t invocations = 0;     // 0: the presets', or 1
  std::uint64_t timeout_seconds = 120;
  std::uint64_t memory_budget = 0;  // bytes
  std::string filter;               // --benchmark_filter; empty: everything
};

// A failure names the flag.
[[nodiscard]] Outcome<Settings> parse_settings(const TypedFlags& typed);

// Whether these times ascend and end before the timeout; a failure names the flags and the origin
// of their values.
[[nodiscard]] Outcome<Done> check_settle(const std::vector<std::uint64_t>& settle,
                                         std::uint64_t timeout_seconds, const Origin& origin);

}  // namespace bench::matrix
