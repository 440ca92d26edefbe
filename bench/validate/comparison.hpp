// The same programs in a real BEAM and in the model, value by value.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/validate/real_beam.hpp"

namespace bench::validate {

// One value of one program after one step, or of one area. Values that vary between runs are
// compared with bounds.
struct Check {
  enum class Relation { kEqual, kAtLeast, kAtMost };

  std::string name;      // of the program, and of the step: "stack/small: 3 purge 0"
  std::string quantity;  // one of kQuantities
  std::uint64_t real = 0;
  std::uint64_t model = 0;
  Relation relation = Relation::kEqual;

  // Whether the real value matches the model.
  [[nodiscard]] bool equal() const noexcept {
    if (relation == Relation::kAtLeast) return real >= model;
    return relation == Relation::kAtMost ? real <= model : real == model;
  }
};

// All values of one program, in order.
struct Comparison {
  std::string name;
  std::vector<Check> checks;

  [[nodiscard]] std::size_t differences() const noexcept;
};

// One comparison for each area: of one value, or of two bounds if it varies between runs of the
// runtime.
[[nodiscard]] std::vector<Comparison> compare_areas(std::span<const ObservedArea> areas);

// One comparison for each program.
[[nodiscard]] Outcome<std::vector<Comparison>> compare_programs(std::span<const Program> programs,
                                                                const Observed& observed,
                                                                const ModelRules& rules = {});

}  // namespace bench::validate
