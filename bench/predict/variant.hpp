// What may be done differently: a mitigation is the same reload with one of these changed.
#pragma once

#include <cstdint>

#include "bench/holders/holder.hpp"

namespace bench::predict {

// The areas that the literals lie in.
enum class Layout {
  kWhole,  // one, the module's
  kSplit,  // those of several modules, each with its share of the literals
  kKeyed,  // one for each literal: a persistent term {Key, Literal}
};

struct Variant {
  Layout layout = Layout::kWhole;
  std::uint64_t parts = 10;  // of a split
  holders::Holding holding = holders::Holding::kLiterals;
  bool hibernate = false;      // holders sleep when the purge comes
  bool collect_after = false;  // every holder is collected when the purge is done
};

}  // namespace bench::predict
