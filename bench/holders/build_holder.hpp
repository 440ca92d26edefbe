// Makes the process that a Holder describes: its own data first, then what it takes of the module,
// then its garbage, the collections, what it lets go of, and at last its sleep.
//
//   stack, from its top:   | what it holds, or [] | own data, if any | the first frame |
//
// It collects where compiled code or a scheduler would, for want of room or because its fragments
// or binaries are too many; those collections are beside the ones that are asked for.
#pragma once

#include "bench/holders/holder.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace bench::holders {

// The stack slot of a holder that does not sleep.
inline constexpr std::size_t kHeldSlot = 0;

// Where its limit kills the process on the way, it is as it was when it died. `blocks` outlives the
// process, `literals` is the range of all literals. Error: no memory; a literal has no such
// element; or it cannot sleep, because messages wait.
[[nodiscard]] beam::Result<beam::Process> build_holder(beam::BlockResource& blocks,
                                                       beam::AddressRange literals,
                                                       const Holder& holder,
                                                       HeldTerms& terms) noexcept;

}  // namespace bench::holders
