// Variations of a reload: a mitigation is the same reload with one of these changed.
#pragma once

#include <cstdint>

#include "bench/holders/holder.hpp"

namespace bench::predict {

// How literals are distributed over areas.
enum class Layout {
  kWhole,  // one area, the module's
  kSplit,  // several modules, each with a share of the literals
  kKeyed,  // an area per literal: a persistent term {Key, Literal}
};

struct Variant {
  Layout layout = Layout::kWhole;
  std::uint64_t parts = 10;  // of a split
  holders::Holding holding = holders::Holding::kLiterals;
  bool hibernate = false;      // holders sleep when the purge comes
  bool collect_after = false;  // every holder is collected after the purge
};

}  // namespace bench::predict
