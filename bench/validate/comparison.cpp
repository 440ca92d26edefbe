#include "bench/validate/comparison.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "bench/report/inspect_report.hpp"
#include "engine/base/result.hpp"

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

std::vector<Comparison> compare_areas(std::span<const ObservedArea> areas) {
  using Relation = Check::Relation;
  std::vector<Comparison> comparisons;
  for (const ObservedArea& area : areas) {
    const std::string name =
        fmt::format("area/{} {} {}", area.spec.kind, area.spec.count, area.spec.size);
    const std::uint64_t real = area.block_bytes;
    const std::uint64_t least = report::area_block_bytes(area.module->module.bounds.min_words);
    const std::uint64_t most = report::area_block_bytes(area.module->module.bounds.max_words);
    Comparison comparison{name, {}};
    if (least == most) {
      comparison.checks.push_back({name, "block_bytes", real, least});
    } else {
      comparison.checks.push_back(
          {name, "block_bytes, not fixed, at least", real, least, Relation::kAtLeast});
      comparison.checks.push_back(
          {name, "block_bytes, not fixed, at most", real, most, Relation::kAtMost});
    }
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

Outcome<std::vector<Comparison>> compare_programs(std::span<const Program> programs,
                                                  const Observed& observed,
                                                  const ModelRules& rules) {
  std::vector<Comparison> comparisons;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    BEAM_TRY(const auto model, run_in_model(programs[i], observed.modules, rules));
    comparisons.push_back(compare(programs[i], observed.readings[i], model));
  }
  return comparisons;
}

}  // namespace bench::validate
