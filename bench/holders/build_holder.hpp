// Builds the process that a Holder describes, in this order: own data, literals of the module,
// garbage, collections, dropping references, hibernation.
//
//   stack, from its top:   | what it holds, or [] | own data, if any | the first frame |
//
// It collects where compiled code or a scheduler would, for lack of room or because of too many
// fragments or binaries; these collections are in addition to the requested ones.
#pragma once

#include "bench/holders/holder.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace bench::holders {

// The stack slot of a holder that is not hibernated.
inline constexpr std::size_t kHeldSlot = 0;

// If its heap limit kills the process, it is returned as it was when killed. `blocks` must outlive
// the process; `literals` is the range of all literals. Error: no memory; a literal has no such
// element; or it cannot hibernate because messages are queued.
[[nodiscard]] beam::Result<beam::Process> build_holder(beam::BlockResource& blocks,
                                                       beam::AddressRange literals,
                                                       const Holder& holder,
                                                       HeldTerms& terms) noexcept;

}  // namespace bench::holders
