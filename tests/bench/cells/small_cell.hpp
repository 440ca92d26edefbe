// A cell that takes a few milliseconds.
#pragma once

#include "bench/cells/cell_spec.hpp"

namespace small_cell {

inline bench::cells::CellSpec small_spec() {
  bench::cells::CellSpec spec;
  spec.area_words = 1000;
  spec.holders = 3;
  spec.bystanders = 4;
  spec.rounds = 2;
  spec.settle_ms = {0};
  return spec;
}

}  // namespace small_cell
