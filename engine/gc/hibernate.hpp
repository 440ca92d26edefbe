// Hibernation (erlang:hibernate/3): a process that expects to wait long keeps what is live and
// nothing else.
//
//   young.begin        htop = high_water             stop     young.end()
//   | live             | 3 words that stay free      | 1 word |
//
// Everything live moves to a temporary heap and from there to a block of exactly live + 4 words,
// the reserved stack words, whatever min_heap_words says; no old heap. max_heap_words is not
// checked, and the count of minor collections goes on. While the process is hibernated, collections
// on request do nothing. The next collection for another reason, normally when it wakes, clears the
// flag: a minor one, because all that is live is mature, so that it tenures into an old block of
// next(live, 1) words beside a young one of at least min_heap_words.
// Source: OTP 25, erts/emulator/beam/erl_gc.c, garbage_collect_hibernate.
//
// The runtime's one word of stack is a return address, and the arguments of the function to wake up
// in wait in registers. The model has no registers: the argument list is in that word, so that
// roots and words are as many.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// erlang:hibernate/3: cut_to_live(), or nothing when a message is waiting in the queue.
[[nodiscard]] Result<Collection> hibernate(Process& process, Term arguments = kNil) noexcept;

// Drops the stack but for `arguments`, a list on the process's heap or `[]`, and keeps what is live
// in an exact block. A literal collection does it to a process that was hibernated, messages or
// not. The temporary heap comes from the process's own blocks. Error: no memory; the process is as
// it was, or its stack was dropped, it was collected and is not hibernated.
[[nodiscard]] Result<Collection> cut_to_live(Process& process, Term arguments) noexcept;

}  // namespace beam
