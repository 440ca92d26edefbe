// The same programs in a real BEAM and in the model, value by value.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "bench/report/outcome.hpp"
#include "bench/validate/real_beam.hpp"

namespace bench::validate {

// One value of one program after one step.
struct Check {
  std::string name;      // of the program, and of the step: "stack/small: 3 purge 0"
  std::string quantity;  // one of kQuantities
  std::uint64_t real = 0;
  std::uint64_t model = 0;

  [[nodiscard]] bool equal() const noexcept { return real == model; }
};

// All values of one program, in order.
struct Comparison {
  std::string name;
  std::vector<Check> checks;

  [[nodiscard]] std::size_t differences() const noexcept;
};

// One comparison for each program.
[[nodiscard]] Outcome<std::vector<Comparison>> compare_programs(std::span<const Program> programs,
                                                                const Observed& observed);

}  // namespace bench::validate
