// Messages between scheduler threads: in no process's queue until they are received.
//
// While they are on their way they are in blocks of their own, of a resource that any thread may
// use (heap/message_queue.hpp, make_sent_message); none of them is ever part of a process.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/process.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Copies the message into the heap of `process`, which is collected if there is no room;
// `released` is the area that is being released, if any. The message stays. Error: no memory, or
// the collection killed the process.
[[nodiscard]] Result<Term> receive_message(const Message& message, const AddressRange* released,
                                           Process& process) noexcept;

}  // namespace beam
