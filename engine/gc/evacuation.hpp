// Moving what lives of a process: from its roots, through the copying loop, into the block that is
// its young heap from then on, and what else has to follow when that block moves.
//
// A collection is three files: collect.cpp says when, which and how large; this says what moves
// where; cheney.hpp moves it.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/gc/cheney.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// Roots -------------------------------------------------------------------------------------

// The roots of a process, in the order in which collections visit them: calls `visit(begin, end)`
// for the stack, for the dictionary, and in an on_heap queue for the term
// of each message whose data is not attached to it.
template <class Visit>
void for_each_root_array(const Process& process, Visit visit) noexcept {
  visit(process.stop, process.young.end());
  visit(process.dictionary.begin, process.dictionary.begin + process.dictionary_size);
  if (process.options.off_heap_messages) return;
  for (Message* message = process.messages.first; message != nullptr; message = message->next) {
    if (message->attached == nullptr) visit(&message->term.word, &message->term.word + 1);
  }
}

// The first step of a collection: what the roots of a process point at moves. Roots that look like
// headers are return addresses, and stay.
template <class Loop>
void evacuate_roots(const Process& process, typename Loop::Tops& tops, const Loop& loop) noexcept {
  for_each_root_array(process, [&](Word* begin, const Word* end) {
    for (Word* slot = begin; slot < end; ++slot) loop.evacuate(slot, tops);
  });
}

// Whole collections -------------------------------------------------------------------------

// Moves what is live of the young generation: what is mature to the old heap, which has room for
// it, all else to `to`, which becomes the young block.
void sweep_young_into(Process& process, Block to) noexcept;

// Moves everything live of `process` into `to`, which becomes its young block, all of it mature;
// releases what it was in, an old heap included. `to` has room for all that the process uses, its
// stack, and the reserved words.
void sweep_all_into(Process& process, Block to) noexcept;

// The young block ---------------------------------------------------------------------------

// `to` becomes the young block with everything below `top` live and mature; the stack moves to its
// end, and the old young block is released with all fragments.
void exchange_young_block(Process& process, Block to, Word* top) noexcept;

// Moves heap and stack into `to`, at least used + stack words; all pointers into the young heap
// follow, and the block it was in is released.
void move_young_block(Process& process, Block to) noexcept;

// Makes the young block `words` long, at least used + stack; all pointers into it follow.
// Error: no memory; nothing changed.
[[nodiscard]] Result<Unit> resize_young_block(Process& process, std::size_t words) noexcept;

// The old block -----------------------------------------------------------------------------

// Cuts the old block to next(what is used of it); all pointers into it follow. An old heap without
// words goes. Without memory for a smaller block it stays as it is.
void shrink_old_block(Process& process) noexcept;

// Queued messages ---------------------------------------------------------------------------

// Moves the data attached to every message of an on_heap queue to the top of the young heap, whole
// and in order, and frees the fragments it was in. The young heap has room for it: collections size
// it by young_usage(). An off_heap queue is left alone. Linear in what is attached for messages of
// one fragment; a purge may add one each.
void move_messages_to_heap(Process& process) noexcept;

}  // namespace beam
