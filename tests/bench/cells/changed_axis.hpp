// A spec that differs from the default in one axis alone.
#pragma once

#include <variant>

#include "bench/cells/axes.hpp"

namespace changed_axis {

inline void change(std::string& word) { word = "other"; }
inline void change(std::uint64_t& number) { number += 100'000; }
inline void change(std::vector<std::uint64_t>& numbers) { numbers.push_back(100'000); }

inline bench::cells::CellSpec changed(const bench::cells::Axis& axis) {
  bench::cells::CellSpec spec;
  std::visit([&](auto member) { change(spec.*member); }, axis.member);
  return spec;
}

}  // namespace changed_axis
