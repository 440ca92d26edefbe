// The first step of a collection: what the roots of a process point at moves.
#pragma once

#include "engine/gc/cheney.hpp"
#include "engine/gc/roots.hpp"

namespace beam {

// Roots that look like headers are return addresses, and stay.
template <class Loop>
void evacuate_roots(const Process& process, typename Loop::Tops& tops, const Loop& loop) noexcept {
  for_each_root_array(process, [&](Word* begin, const Word* end) {
    for (Word* slot = begin; slot < end; ++slot) loop.evacuate(slot, tops);
  });
}

}  // namespace beam
