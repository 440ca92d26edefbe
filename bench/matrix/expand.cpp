#include "bench/matrix/expand.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

namespace bench {
namespace {

// Each cell once for every value of one axis; none at all once there would be too many.
template <class Value>
void cross(std::vector<CellSpec>& cells, const std::vector<Value>& values, Value CellSpec::*axis) {
  if (values.size() > kMaxCells || cells.size() * values.size() > kMaxCells) return cells.clear();
  std::vector<CellSpec> crossed;
  crossed.reserve(cells.size() * values.size());
  for (const CellSpec& cell : cells) {
    for (const Value& value : values) {
      crossed.push_back(cell);
      crossed.back().*axis = value;
    }
  }
  cells = std::move(crossed);
}

// The axes that these cells have.
std::vector<const Axis*> slowest_first(const Axes& axes) {
  const bool synthetic = axes[&CellSpec::module].empty();
  const OfArea others = synthetic ? OfArea::kModule : OfArea::kSynthetic;
  std::vector<const Axis*> all;
  for (const Axis& axis : cell_axes()) {
    if (!axis.of_run && axis.of_area != others) all.push_back(&axis);
  }
  std::ranges::stable_sort(all, {}, &Axis::varies);
  return all;
}

}  // namespace

Outcome<std::vector<CellSpec>> expand(const Axes& axes, const CellSpec& common) {
  std::vector<CellSpec> cells = {common};
  if (!axes.settle_ms.empty()) cells.front().settle_ms = axes.settle_ms;
  for (const Axis* const axis : slowest_first(axes)) {
    std::visit(
        [&]<class Value>(const std::vector<Value>& values) {
          cross(cells, values, std::get<Value CellSpec::*>(axis->member));
        },
        axes.of(*axis));
  }
  if (cells.empty()) return Failure{fmt::format("these axes make more than {} cells", kMaxCells)};
  return cells;
}

}  // namespace bench
