// Literals in queued messages, before an area goes away.
//
// A message that refers to the area, by its term or from its fragments, gets copies of those
// literals in one more fragment behind its others, one for each reference: nothing is shared. It is
// done in either kind of queue, and without a collection. Data that a message has on its receiver's
// heap is the heap's, and the heap's scan finds it; only the message's own term is looked at.
// Source: OTP 25, handle_cla, erts/emulator/beam/erl_proc_sig_queue.c.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/process.hpp"

namespace beam {

struct MessageLiterals {
  std::size_t scanned_words = 0;  // a message's term and its fragments
  std::size_t copied_words = 0;
};

// Frees all messages of `queue`, whose fragments `blocks` serves, of every reference into `area`.
// Error: no memory; messages up to some point are free of them.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(MessageQueue& queue,
                                                            AddressRange literals,
                                                            AddressRange area,
                                                            BlockResource& blocks) noexcept;
// The same for the queue of a process.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(Process& process,
                                                            AddressRange area) noexcept;

}  // namespace beam
