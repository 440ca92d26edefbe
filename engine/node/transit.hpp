// Messages on their way: sent, and not received yet. The data of each is in blocks of its own.
//
//   block    next    root    off_heap    more    words    data ...
//   word       0       1        2          3       4       5 ...
//
// `next` is the next message, `more` another block with data of the same message (whose own `next`,
// `root` and `off_heap` are unused), `words` the size of the block. Invariant: the data are whole
// objects; their pointers lead into the same message or to literals.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/block_resource.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/term/term.hpp"

namespace beam {

// First in, first out. Owns nothing by itself: release() has to be called.
struct MessageList {
  Word* first = nullptr;
  Word* last = nullptr;

  [[nodiscard]] bool empty() const noexcept { return first == nullptr; }
  void append(Word* message) noexcept;
  // All of `other` goes before what is here.
  void prepend(MessageList other) noexcept;
  // The oldest one; null: there is none.
  [[nodiscard]] Word* take() noexcept;
};

// The message behind `message` in its list; null: it is the last one.
[[nodiscard]] Word* next_message(const Word* message) noexcept;

// A message with a copy of `term`: flat, literals shared but those of `released` (null: no area is
// being released). Error: no memory.
[[nodiscard]] Result<Word*> make_message(Term term, AddressRange literals,
                                         const AddressRange* released,
                                         BlockResource& blocks) noexcept;

// Gives back a message, or all messages of a list, with what they own.
void release_message(Word* message, BlockResource& blocks) noexcept;
void release_messages(MessageList& list, BlockResource& blocks) noexcept;

// Copies the message into the heap of `process`, which is collected if there is no room. The
// message stays. Error: no memory, or the collection killed the process.
[[nodiscard]] Result<Term> receive_message(const Word* message, const AddressRange* released,
                                           Process& process) noexcept;

// What the message holds of `area` is copied into one new block of the message, once for each
// reference and without sharing, as the runtime does (erl_proc_sig_queue.c). Returns the words that
// this took. Error: no memory; the message is as it was.
[[nodiscard]] Result<std::size_t> copy_literals_of_message(Word* message, AddressRange literals,
                                                           AddressRange area,
                                                           BlockResource& blocks) noexcept;

}  // namespace beam
