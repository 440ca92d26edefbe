// The messages of a process that it has not received, while others go on sending.
//
//   received first                                                        sent last
//   | fetched: the worker's own    |  <- fetch()  | arrived: under the lock    |
//
// Invariant: all that is fetched is older than all that has arrived. Messages go one way, all that
// arrived at once and behind what was fetched before; nothing is ever taken out to be put back.
// Source: OTP 25, the inner and the outer queue of erts/emulator/beam/erl_proc_sig_queue.c.
//
// Threads: senders hold the lock of schedulers.hpp, and so does fetch(). Fetched messages belong to
// the thread that works on the process, without the lock; when no thread does, they belong to the
// holder of the lock.
#pragma once

#include <utility>

#include "engine/base/address_ranges.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/process.hpp"
#include "engine/term/term.hpp"

namespace beam {

class Mailbox {
 public:
  void deliver(Message* message) noexcept { arrived_.append(message); }
  void fetch() noexcept { fetched_.append(std::exchange(arrived_, {})); }

  [[nodiscard]] MessageQueue& fetched() noexcept { return fetched_; }

  // Everything, the oldest first; the caller works on the process and holds the lock.
  [[nodiscard]] MessageQueue empty() noexcept {
    fetch();
    return std::exchange(fetched_, {});
  }

 private:
  MessageQueue fetched_;
  MessageQueue arrived_;
};

// Copies a message between scheduler threads into the heap of `process`, which is collected if
// there is no room; `released` is the area that is being released, if any. Until then such a
// message is in blocks of its own (heap/message_queue.hpp, make_sent_message) and part of no
// process; the caller still has to release it. Error: no memory, or the collection killed the
// process.
[[nodiscard]] Result<Term> receive_message(const Message& message, const AddressRanges* released,
                                           Process& process) noexcept;

}  // namespace beam
