// Sending and receiving.
//
// A sent term is copied without its sharing; literals are not copied, except those of an area that
// is being released. Where the copy goes is decided when it is sent:
//
//   queue      receiver                              copy
//   on_heap    nobody has its lock, and there is     on its heap, above htop
//              room beside the reserved words
//   on_heap    runs, or has no room                  a fragment attached to the message
//   off_heap   any                                   a fragment inside of the message
//
// A message without a copy (an immediate, a literal) has no data. Source: OTP 25,
// erts/emulator/beam/erl_message.c, erts_send_message and erts_try_alloc_message_on_heap.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace beam {

// A message in no queue with a copy of `term`, inside of itself if there is anything to copy;
// `released` is the area that is being released, if any. Error: no memory.
[[nodiscard]] Result<Message*> make_sent_message(BlockResource& blocks, AddressRange literals,
                                                 Term term, const AddressRanges* released) noexcept;

struct Delivery {
  bool receiver_runs = false;  // it holds its own lock: no sender can write to its heap
  const AddressRanges* released = nullptr;  // the area that is being released, if any
};

// Queues a copy of `term` for `receiver`. Error: no memory; nothing happened.
[[nodiscard]] Result<Unit> send(Process& receiver, Term term, Delivery how = {}) noexcept;

// Queues `term`, which is on the heap of `process`, for itself: in an on_heap queue nothing is
// copied. Error: no memory; nothing happened.
[[nodiscard]] Result<Unit> send_to_self(Process& process, Term term, Delivery how = {}) noexcept;

// process_flag(message_queue_data, off_heap or on_heap). A queue that leaves the heap takes along
// what its messages have there: each gets a copy, literals shared, attached to it, and what was on
// the heap is garbage. A queue that comes back stays as it is: attached data counts as heap again,
// and the next collection moves it, but not that of combined messages. `released` is the area that
// is being released, if any: its literals are copied, because a collection of a process that has
// been asked for them does not look into its queue. Error: no memory; the queue is where it was,
// and some of its messages may have their copies.
// Source: OTP 25, erts_change_message_queue_management and erts_move_messages_off_heap.
[[nodiscard]] Result<Unit>
change_message_queue_data(Process& process, bool off_heap,
                          const AddressRanges* released = nullptr) noexcept;

// Takes message `index` (below messages.count) out of the queue. Its data becomes fragments of the
// process, and a collection may be due. The term is no root: push() it before the next collection.
[[nodiscard]] Term receive(Process& process, std::size_t index = 0) noexcept;

}  // namespace beam
