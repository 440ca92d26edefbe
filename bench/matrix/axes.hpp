// The axes of a run: what `run` varies, as lists. Every combination of their values is a cell.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/cells/axes.hpp"
#include "bench/report/numbers.hpp"

namespace bench::matrix {

// One flag of `run`, for the command line and its help.
struct Flag {
  std::string_view name;  // with its dashes
  std::string_view type;  // of the value, in help; of a list it ends in ",.."
  std::string_view help;
  std::optional<cells::Range> numbers = std::nullopt;  // that it takes; nothing: it takes words
};

[[nodiscard]] Flag flag_of(const cells::Axis& axis);

// The flags whose lists span the matrix, in the order of help.
[[nodiscard]] std::span<const Flag> axis_flags();

// What was typed: the flag's name with its dashes, and its value; lists are still one text.
using TypedFlags = std::map<std::string, std::string, std::less<>>;

// A list of values for each axis, with the spec's default alone where nothing else was said.
// Allocators are as allocators::Choice::text() has them, modules FILE or NAME=FILE
// (module_names.hpp). When there are any modules, what only synthetic areas have means nothing.
class Axes {
 public:
  using List = std::variant<std::vector<std::string>, std::vector<std::uint64_t>>;

  Axes();

  // By what it is in a spec: axes[&CellSpec::holders] = {1, 10}.
  template <class Value>
  [[nodiscard]] std::vector<Value>& operator[](Value cells::CellSpec::*member) {
    return std::get<std::vector<Value>>(of(cells::axis_of(member)));
  }
  template <class Value>
  [[nodiscard]] const std::vector<Value>& operator[](Value cells::CellSpec::*member) const {
    return std::get<std::vector<Value>>(of(cells::axis_of(member)));
  }
  [[nodiscard]] List& of(const cells::Axis& axis) { return lists_.at(axis.flag); }
  [[nodiscard]] const List& of(const cells::Axis& axis) const { return lists_.at(axis.flag); }

  // No axis, but a preset's own readings; empty: the run's. --settle replaces them.
  std::vector<std::uint64_t> settle_ms = {};

 private:
  std::map<std::string_view, List> lists_;  // by flag
};

// `base` with the lists that were typed in place of its own. Values keep their order; allocators
// are named canonically. A failure names the flag: an unknown word, a number that is none or is out
// of range, a value given twice, or --module beside what it replaces.
[[nodiscard]] Outcome<Axes> apply_flags(const TypedFlags& typed, Axes base);

// Whether any of the typed flags is an axis.
[[nodiscard]] bool names_an_axis(const TypedFlags& typed);

}  // namespace bench::matrix
