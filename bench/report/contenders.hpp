// Who is compared in a scenario: allocators, and the settings that say who else serves memory and
// how (blocks, temp, thp).
//
// A setting is compared as an allocator is. What all cells have in common is no part of a name.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/cell_name.hpp"
#include "bench/report/scenarios.hpp"

namespace bench::report {

using Cells = std::vector<const MeasuredCell*>;

// Whether the allocator under test serves any of what a purge asks for. Without `blocks:malloc` it
// serves no heap, and temporary copies only with `temp:malloc`.
[[nodiscard]] bool allocator_serves(const cells::CellSpec& spec);

// "blocks:mmap thp:off": the settings that are not the default.
[[nodiscard]] std::string settings_text(const cells::CellSpec& spec);

class ContenderNames {
 public:
  explicit ContenderNames(const Cells& cells);

  // The allocator, if it serves something and there are several or nothing else varies, and every
  // setting that varies; or, where that leaves nothing, the settings that are not the default.
  [[nodiscard]] std::string of(const cells::CellSpec& spec) const;
  // The file's name for a path, or all of the path where two would have one name.
  [[nodiscard]] std::string allocator(const cells::CellSpec& spec) const;
  // "; blocks:mmap": the settings that all cells have in common and that are not the default.
  [[nodiscard]] std::string shared(const cells::CellSpec& spec) const;
  // Whether the cells differ in this setting.
  [[nodiscard]] bool varies(const SettingAxis& axis) const;

 private:
  std::set<std::string> allocators_;
  std::map<std::string_view, std::set<std::string>> values_;  // by the setting
};

struct Contender {
  std::string name;
  // All that it measured. Where no allocator serves anything, cells that differ in the allocator
  // alone are one contender: its invocations are those of all of them.
  MeasuredCell cell;
};

// Of the cells that ran, in their order.
[[nodiscard]] std::vector<Contender> contenders_of(const Cells& cells, const ContenderNames& names);

// What the scenario is: describe() of its cells, with the settings that they have in common.
[[nodiscard]] std::string describe(const MeasuredScenario& scenario);

// What is to be known of cells whose allocator serves nothing, or temporary copies alone; empty
// where there are no two such allocators.
[[nodiscard]] std::string unserved_sentences(const Cells& cells);

}  // namespace bench::report
