// The axes of a run: lists of values. Every combination of their values is a cell.
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
  std::string_view type;  // of the value, in help; ends in ",.." for a list
  std::string_view help;
  std::optional<cells::Range> numbers = std::nullopt;  // the range; empty: it takes words
};

[[nodiscard]] Flag flag_of(const cells::Axis& axis);

// The flags whose lists span the matrix, in the order of help.
[[nodiscard]] std::span<const Flag> axis_flags();

// Typed values by flag name with dashes; lists are not split yet.
using TypedFlags = std::map<std::string, std::string, std::less<>>;

// A list of values for each axis, by default only the spec's default. Allocators are in the form of
// allocators::Choice::text(), modules are FILE or NAME=FILE (module_names.hpp). With modules, the
// axes of synthetic areas are ignored.
class Axes {
 public:
  using List = std::variant<std::vector<std::string>, std::vector<std::uint64_t>>;

  Axes();

  // By member of the spec: axes[&CellSpec::holders] = {1, 10}.
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

  // Not an axis: the preset's settle times; empty: the run's. --settle replaces them.
  std::vector<std::uint64_t> settle_ms = {};

 private:
  std::map<std::string_view, List> lists_;  // by flag
};

// `base` with its lists replaced by the typed ones. Values keep their order; allocators get their
// canonical names. A failure names the flag: an unknown word, an invalid or out-of-range number, a
// repeated value, or --module together with flags that it replaces.
[[nodiscard]] Outcome<Axes> apply_flags(const TypedFlags& typed, Axes base);

// Whether any of the typed flags is an axis.
[[nodiscard]] bool names_an_axis(const TypedFlags& typed);

}  // namespace bench::matrix
