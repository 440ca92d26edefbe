#include "bench/validate/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bench::validate {
namespace {

Comparison compare(const Program& program, std::span<const HeapReading> real,
                   std::span<const HeapReading> model) {
  Comparison comparison{program.name, {}};
  for (std::size_t at = 0; at < program.steps.size(); ++at) {
    const std::string name =
        fmt::format("{}: {} {}", program.name, at + 1, step_text(program.steps[at]));
    for (std::size_t i = 0; i < kQuantities.size(); ++i) {
      comparison.checks.push_back(
          {name, std::string(kQuantities[i]), real[at].values[i], model[at].values[i]});
    }
  }
  return comparison;
}

}  // namespace

std::size_t Comparison::differences() const noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(checks, [](const Check& check) { return !check.equal(); }));
}

Outcome<std::vector<Comparison>> compare_programs(std::span<const Program> programs,
                                                  const Observed& observed) {
  std::vector<Comparison> comparisons;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const auto model = run_in_model(programs[i], observed.modules);
    if (!model) return model.failure();
    comparisons.push_back(compare(programs[i], observed.readings[i], model.value()));
  }
  return comparisons;
}

}  // namespace bench::validate
