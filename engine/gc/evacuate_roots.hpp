// The first step of a collection: what the roots of a process point at moves.
#pragma once

#include "engine/gc/cheney.hpp"
#include "engine/gc/roots.hpp"

namespace beam {

// Roots that look like headers are return addresses, and stay.
template <class Policy>
void evacuate_roots(const Process& process, typename Policy::Tops& tops,
                    const Policy& policy) noexcept {
  for_each_root_array(process, [&](Word* begin, const Word* end) {
    for (Word* slot = begin; slot < end; ++slot) Cheney<Policy>::evacuate(slot, tops, policy);
  });
}

}  // namespace beam
