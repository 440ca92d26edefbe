// Checks that the values of one cell are consistent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

// The sizes of a cell's area, from the spec or the module.
struct AreaFacts {
  std::uint64_t area_words = 0;
  std::uint64_t holdable_words = 0;  // of all literals; for a module, less than the area
};

// The origin of a cell's values.
struct Origin {
  const TypedFlags& typed;
  std::string_view preset;  // provides the values that were not typed; empty: defaults

  // "--holders 5" if typed, else "--holders 5 (of preset quick)" or "(the default)", so that users
  // know where to look.
  [[nodiscard]] std::string of(std::string_view flag, std::uint64_t value) const;
};

// A failure names the flags and the origin of their values.
[[nodiscard]] Outcome<Done> check_cell(const cells::CellSpec& spec, const AreaFacts& area,
                                       const Origin& origin);

}  // namespace bench::matrix
