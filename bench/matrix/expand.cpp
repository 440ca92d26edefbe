#include "bench/matrix/expand.hpp"

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

}  // namespace

Outcome<std::vector<CellSpec>> expand(const Axes& axes, const CellSpec& common) {
  std::vector<CellSpec> cells = {common};
  if (!axes.settle_ms.empty()) cells.front().settle_ms = axes.settle_ms;
  if (axes.modules.empty()) {
    cross(cells, axes.area_words, &CellSpec::area_words);
    cross(cells, axes.term_words, &CellSpec::term_words);
    cross(cells, axes.shapes, &CellSpec::shape);
  } else {
    cross(cells, axes.modules, &CellSpec::module);
  }
  cross(cells, axes.held_words, &CellSpec::held_words);
  cross(cells, axes.holders, &CellSpec::holders);
  cross(cells, axes.bystanders, &CellSpec::bystanders);
  cross(cells, axes.heap_words, &CellSpec::heap_words);
  cross(cells, axes.blocks, &CellSpec::blocks);
  cross(cells, axes.temps, &CellSpec::temp);
  cross(cells, axes.touch_pages, &CellSpec::touch_pages);
  cross(cells, axes.schedulers, &CellSpec::schedulers);
  cross(cells, axes.strategies, &CellSpec::strategy);
  cross(cells, axes.thps, &CellSpec::thp);
  cross(cells, axes.allocators, &CellSpec::allocator);
  if (cells.empty()) return Failure{fmt::format("these axes make more than {} cells", kMaxCells)};
  return cells;
}

}  // namespace bench
