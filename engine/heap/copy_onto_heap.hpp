// A copy of a term on a process's heap, as messages and arguments become part of it.
#pragma once

#include "engine/base/address_ranges.hpp"
#include "engine/heap/process.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Copies `term` to the top of the young heap, which has room for the copied_words() of it, and
// counts the binaries in it. Literals are shared, except those of `released`, the area that is
// being released, if any.
[[nodiscard]] Term copy_onto_heap(Process& process, Term term,
                                  const AddressRanges* released) noexcept;

// The same to words that the process got elsewhere, in a fragment perhaps; `top` moves behind them.
[[nodiscard]] Term copy_for_process(Process& process, Term term, const AddressRanges* released,
                                    Word*& top) noexcept;

}  // namespace beam
