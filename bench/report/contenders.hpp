// What is compared in a scenario: allocators, and the settings that decide who else serves memory
// and how (blocks, temp, thp).
//
// Settings are compared like allocators. What all cells have in common is not part of a name.
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

// Whether the allocator under test serves any allocation of a purge. It serves heaps only with
// `blocks:malloc`, and temporary copies only with `temp:malloc`.
[[nodiscard]] bool allocator_serves(const cells::CellSpec& spec);

// "blocks:mmap thp:off": the settings not at their default.
[[nodiscard]] std::string settings_text(const cells::CellSpec& spec);

class ContenderNames {
 public:
  explicit ContenderNames(const Cells& cells);

  // The allocator, if it serves something and either there are several or nothing else varies, and
  // every setting that varies; if that is empty, the settings not at their default.
  [[nodiscard]] std::string of(const cells::CellSpec& spec) const;
  // For a path the file's name, or the full path where two would have the same name.
  [[nodiscard]] std::string allocator(const cells::CellSpec& spec) const;
  // "; blocks:mmap": the settings that all cells share and that are not at their default.
  [[nodiscard]] std::string shared(const cells::CellSpec& spec) const;
  // Whether this setting differs between the cells.
  [[nodiscard]] bool varies(const SettingAxis& axis) const;

 private:
  std::set<std::string> allocators_;
  std::map<std::string_view, std::set<std::string>> values_;  // by setting
};

struct Contender {
  std::string name;
  // All its measurements. Where the allocator serves nothing, cells that differ only in the
  // allocator are one contender, with the invocations of all of them.
  MeasuredCell cell;
};

// The contenders of the cells that ran, in order.
[[nodiscard]] std::vector<Contender> contenders_of(const Cells& cells, const ContenderNames& names);

// describe() of the scenario's cells, with the settings they share.
[[nodiscard]] std::string describe(const MeasuredScenario& scenario);

// A note on cells whose allocator serves nothing, or only temporary copies; empty unless there are
// two such allocators.
[[nodiscard]] std::string unserved_sentences(const Cells& cells);

}  // namespace bench::report
