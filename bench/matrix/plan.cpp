#include "bench/matrix/plan.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "bench/cells/cell_io.hpp"
#include "bench/matrix/cell_check.hpp"
#include "bench/matrix/expand.hpp"
#include "bench/matrix/memory_guard.hpp"
#include "bench/matrix/module_names.hpp"
#include "bench/matrix/name_filter.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/matrix/settings.hpp"
#include "bench/report/cell_name.hpp"
#include "engine/base/result.hpp"

namespace bench::matrix {
namespace {

// The requested presets; quick if nothing was given; none if only axes were.
std::vector<const RunPreset*> chosen_presets(const Settings& settings, const TypedFlags& typed) {
  std::vector<const RunPreset*> chosen;
  for (const std::string& name : settings.presets) chosen.push_back(find_preset(name));
  if (chosen.empty() && !names_an_axis(typed)) chosen.push_back(find_preset("quick"));
  return chosen;
}

struct Matrix {
  std::string_view preset;  // its preset; empty: none
  Axes axes;
};

std::vector<Matrix> matrices_of(const std::vector<const RunPreset*>& presets) {
  if (presets.empty()) return {Matrix{}};
  std::vector<Matrix> matrices;
  for (const RunPreset* const preset : presets) {
    for (const Axes& axes : preset->matrices) matrices.push_back({preset->name, axes});
  }
  return matrices;
}

std::uint64_t invocations_of(const std::vector<const RunPreset*>& presets) {
  std::uint64_t most = 1;
  for (const RunPreset* const preset : presets) most = std::max(most, preset->invocations);
  return most;
}

using Modules = std::map<std::string, NamedModule>;

// Only flags name modules; presets have none.
Outcome<Modules> modules_of(const TypedFlags& typed) {
  BEAM_TRY(const auto axes, apply_flags(typed, {}));
  return name_modules(axes[&cells::CellSpec::module]);
}

// Gathers cells, each name once.
class CellList {
 public:
  CellList(const NameFilter& filter, const Modules& modules) : filter_(filter), modules_(modules) {}

  // `spec` has allocator and module as typed. Matrices may overlap; their common cells are added
  // once.
  Outcome<Done> add(cells::CellSpec spec, const Origin& origin) {
    const ::allocators::Choice choice = ::allocators::parse_choice(spec.allocator).value();
    spec.allocator = choice.name();
    if (!choice.given_name.empty()) spec.library = choice.path;
    AreaFacts area{spec.area_words, spec.area_words};
    std::string hash;
    if (!spec.module.empty()) {
      const NamedModule& module = modules_.at(spec.module);
      spec.module = module.path;
      spec.module_label = module.label;
      area = module.area;
      hash = module.hash;
    }
    if (auto checked = check_cell(spec, area, origin); !checked) return checked;
    std::string name = report::cell_name(spec);
    const auto [known, is_new] = specs_.emplace(name, cells::to_json(spec));
    if (!is_new) {
      if (known->second == cells::to_json(spec)) return Done{};
      return Failure{fmt::format("two different cells would be called {}", name)};
    }
    if (!filter_.matches(name)) return Done{};
    const std::uint64_t bytes = worst_case_bytes(spec, area.area_words);
    cells_.push_back({std::move(spec), std::move(name), choice, std::move(hash), bytes});
    return Done{};
  }

  // Cells of one scenario are adjacent, whatever their matrix, so that cells to be compared run
  // under similar conditions.
  [[nodiscard]] std::vector<PlannedCell> take() {
    std::map<std::string, std::size_t> places;
    const auto place = [&](const PlannedCell& cell) {
      return places.try_emplace(report::scenario_name(cell.spec), places.size()).first->second;
    };
    for (const PlannedCell& cell : cells_) place(cell);
    std::ranges::stable_sort(cells_, {}, place);
    return std::move(cells_);
  }

 private:
  const NameFilter& filter_;
  std::vector<PlannedCell> cells_;
  std::map<std::string, std::string> specs_;  // by name, as JSON
  const Modules& modules_;
};

}  // namespace

Outcome<RunPlan> plan_run(const TypedFlags& typed) {
  BEAM_TRY(const auto settings, parse_settings(typed));
  BEAM_TRY(const auto filter, NameFilter::parse(settings.filter));

  const auto presets = chosen_presets(settings, typed);
  BEAM_TRY(const auto modules, modules_of(typed));
  CellList list(filter, modules);
  for (const Matrix& matrix : matrices_of(presets)) {
    const Origin origin{typed, matrix.preset};
    BEAM_TRY(const auto axes, apply_flags(typed, matrix.axes));
    BEAM_TRY(const auto specs, expand(axes, settings.common));
    for (const cells::CellSpec& spec : specs) {
      // The preset's own times may not fit the given --timeout.
      BEAM_CHECK(check_settle(spec.settle_ms, settings.timeout_seconds, origin));
      BEAM_CHECK(list.add(spec, origin));
    }
  }

  RunPlan plan{list.take(), settings.invocations, settings.timeout_seconds, settings.memory_budget};
  if (plan.invocations == 0) plan.invocations = invocations_of(presets);
  if (plan.cells.empty()) {
    return Failure{fmt::format("--benchmark_filter '{}' matches no cell", settings.filter)};
  }
  return plan;
}

}  // namespace bench::matrix
