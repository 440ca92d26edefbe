#include "bench/matrix/expand.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

namespace bench::matrix {
namespace {

// Multiplies the cells by the values of one axis; empty if there would be too many.
template <class Value>
void cross(std::vector<cells::CellSpec>& cells, const std::vector<Value>& values,
           Value cells::CellSpec::*axis) {
  if (values.size() > kMaxCells || cells.size() * values.size() > kMaxCells) return cells.clear();
  std::vector<cells::CellSpec> crossed;
  crossed.reserve(cells.size() * values.size());
  for (const cells::CellSpec& cell : cells) {
    for (const Value& value : values) {
      crossed.push_back(cell);
      crossed.back().*axis = value;
    }
  }
  cells = std::move(crossed);
}

// The axes of these cells.
std::vector<const cells::Axis*> slowest_first(const Axes& axes) {
  const bool synthetic = axes[&cells::CellSpec::module].empty();
  const cells::OfArea others = synthetic ? cells::OfArea::kModule : cells::OfArea::kSynthetic;
  std::vector<const cells::Axis*> all;
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (!axis.of_run && axis.of_area != others) all.push_back(&axis);
  }
  std::ranges::stable_sort(all, {}, &cells::Axis::varies);
  return all;
}

}  // namespace

Outcome<std::vector<cells::CellSpec>> expand(const Axes& axes, const cells::CellSpec& common) {
  std::vector<cells::CellSpec> cells = {common};
  if (!axes.settle_ms.empty()) cells.front().settle_ms = axes.settle_ms;
  for (const cells::Axis* const axis : slowest_first(axes)) {
    std::visit(
        [&]<class Value>(const std::vector<Value>& values) {
          cross(cells, values, std::get<Value cells::CellSpec::*>(axis->member));
        },
        axes.of(*axis));
  }
  if (cells.empty()) return Failure{fmt::format("these axes make more than {} cells", kMaxCells)};
  return cells;
}

}  // namespace bench::matrix
