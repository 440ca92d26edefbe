// Named matrices, as data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

struct RunPreset {
  std::string_view name;
  std::string_view summary;
  std::uint64_t invocations = 1;
  // Separate matrices, so that values that belong together need not be combined with all others.
  std::vector<Axes> matrices;
};

[[nodiscard]] std::span<const RunPreset> run_presets();

// Null: unknown name.
[[nodiscard]] const RunPreset* find_preset(std::string_view name);

}  // namespace bench::matrix
