// Whether the values of one cell go together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/matrix/axes.hpp"

namespace bench::matrix {

// What matters here of a cell's area, be it the spec's or the module's.
struct AreaFacts {
  std::uint64_t area_words = 0;
  std::uint64_t holdable_words = 0;  // of all literals together; of a module, less than the area
};

// Where the values of a cell come from.
struct Origin {
  const TypedFlags& typed;
  std::string_view preset;  // whose values are those that were not typed; empty: defaults

  // "--holders 5" where that was typed, else "--holders 5 (of preset quick)" or "(the default)": a
  // person looks for the value where it is.
  [[nodiscard]] std::string of(std::string_view flag, std::uint64_t value) const;
};

// A failure names the flags, with where their values come from.
[[nodiscard]] Outcome<Done> check_cell(const cells::CellSpec& spec, const AreaFacts& area,
                                       const Origin& origin);

}  // namespace bench::matrix
