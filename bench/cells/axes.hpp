// What cells differ in. An axis is one entry of the table in axes.cpp: its flag, the values that it
// takes, the member of the spec that has one of them, and what it is called in a row and in a
// cell's name. The command line, the matrix, names, rows and words read it there, and have no list
// of axes of their own. Defaults are those of CellSpec.
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

// Where a name has its segment: the contender's values are all that there is of theirs, those up to
// the shape are in every name, and the others where they are not at their default. What serves
// memory is no part of a scenario.
enum class InName { kContender, kOfArea, kOfProcesses, kShape, kService, kRest };

// Which axis of a matrix varies slowest, and which from one cell to the next.
enum class Varies { kWithArea, kWithProcesses, kWithin, kWithStrategy, kWithPages, kWithAllocator };

// Which areas it says something of.
enum class OfArea { kAny, kSynthetic, kModule };

struct Axis {
  using Member = std::variant<std::string CellSpec::*, std::uint64_t CellSpec::*,
                              std::vector<std::uint64_t> CellSpec::*>;

  std::string_view flag;
  std::string_view type;  // of the value, in help; a list of them spans the matrix, or is one value
  std::string_view help;
  std::string_view key;      // in a row, and in the spec's JSON
  std::string_view segment;  // in a name, before the colon
  Member member;
  Range numbers = {};  // of an axis that takes numbers
  // Of one that takes words; null: whoever reads the flag knows more of them.
  std::vector<std::string_view> (*words)() = nullptr;
  InName in_name = InName::kRest;
  Varies varies = Varies::kWithin;
  OfArea of_area = OfArea::kAny;
  // One value for all of a run's cells.
  bool of_run = false;
  // Rows do not just have the spec's value (report/row.cpp).
  bool row_says_more = false;
};

// In the order of help.
[[nodiscard]] std::span<const Axis> cell_axes() noexcept;

// Those of one place in a name, in their order.
[[nodiscard]] std::vector<const Axis*> axes_in_name(InName place);

// Of a member that one has.
[[nodiscard]] const Axis& axis_of(Axis::Member member);

// Whether it says something of this spec's area.
[[nodiscard]] bool speaks_of(const Axis& axis, const CellSpec& spec) noexcept;

[[nodiscard]] bool at_default(const Axis& axis, const CellSpec& spec);

// Calls `field(key, member)` for everything in a spec. `Spec` may be const.
template <class Field, class Spec>
void spec_fields(Field&& field, Spec& spec) {
  for (const Axis& axis : cell_axes())
    std::visit([&](auto member) { field(std::string(axis.key), spec.*member); }, axis.member);
  field("library", spec.library);
  field("module_label", spec.module_label);
}

}  // namespace bench::cells
