// The parameters of cells. An axis is one entry of the table in axes.cpp: its flag, its values, its
// member in the spec, and its names in a row and in a cell's name. The command line, the matrix,
// names, rows and descriptions are all driven by this table. Defaults are those of CellSpec.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench/cells/cell_spec.hpp"
#include "bench/cells/range.hpp"

namespace bench::cells {

// Where its segment stands in a cell name. The contender's segments are bare values; the segments
// up to the shape are in every name, the rest only if not at their default. Who serves memory is
// not part of a scenario.
enum class InName { kContender, kOfArea, kOfProcesses, kShape, kService, kRest };

// The order in which the axes of a matrix vary, slowest first.
enum class Varies { kWithArea, kWithProcesses, kWithin, kWithStrategy, kWithPages, kWithAllocator };

// The kinds of area that it applies to.
enum class OfArea { kAny, kSynthetic, kModule };

struct Axis {
  using Member = std::variant<std::string CellSpec::*, std::uint64_t CellSpec::*,
                              std::vector<std::uint64_t> CellSpec::*>;

  std::string_view flag;
  std::string_view type;  // of the value, in help
  std::string_view help;
  std::string_view key;      // in a row, and in the spec's JSON
  std::string_view segment;  // in a cell name, before the colon
  Member member;
  Range numbers = {};  // if it takes numbers
  // If it takes words; null: the flag's parser knows the words.
  std::vector<std::string_view> (*words)() = nullptr;
  InName in_name = InName::kRest;
  Varies varies = Varies::kWithin;
  OfArea of_area = OfArea::kAny;
  // One value for all cells of a run.
  bool of_run = false;
  // A row's value is not simply the spec's (report/row.cpp).
  bool row_says_more = false;
};

// In help order.
[[nodiscard]] std::span<const Axis> cell_axes() noexcept;

// The axes at one place in a name, in order.
[[nodiscard]] std::vector<const Axis*> axes_in_name(InName place);

// The axis of a member; there must be one.
[[nodiscard]] const Axis& axis_of(Axis::Member member);

// Whether the axis applies to this spec's area.
[[nodiscard]] bool speaks_of(const Axis& axis, const CellSpec& spec) noexcept;

[[nodiscard]] bool at_default(const Axis& axis, const CellSpec& spec);

// Calls `field(key, member)` for every member of a spec. `Spec` may be const.
template <class Field, class Spec>
void spec_fields(Field&& field, Spec& spec) {
  for (const Axis& axis : cell_axes())
    std::visit([&](auto member) { field(std::string(axis.key), spec.*member); }, axis.member);
  field("library", spec.library);
  field("module_label", spec.module_label);
}

}  // namespace bench::cells
