// Which processes are due to run: a queue for each scheduler, and for each place of the process
// table the pending work and the mailbox of the process there.
//
// A process has a home queue. A scheduler whose own queue is empty takes from the next one that is
// not. Invariants: a process is in at most one queue and never in one while it runs, so that one
// scheduler at a time works on it; new work for it waits until it is put back. Every
// message is followed by a slice that begins after it came, unless one that runs receives it.
//
// Threads: callers hold one lock around everything here (see schedulers.hpp), but for what
// a mailbox has for those who work on its process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/base/stable_array.hpp"
#include "engine/node/mailbox.hpp"
#include "engine/node/request_round.hpp"
#include "engine/node/slice.hpp"

namespace beam {

// What a scheduler took from a queue: a request, a slice, or both, the request first. A snapshot of
// that moment; the mailbox is the scheduler's until it puts the process back.
struct RunItem {
  Pid pid;  // the process that has the place now
  bool alive = false;
  std::optional<RequestKind> request;
  bool gone = false;  // the process that was asked has exited; its place may be reused
  bool slice = false;
  ProcessBody* body = nullptr;  // null: the process never runs
  Mailbox* mailbox = nullptr;   // messages from before the turn are fetched
};

class RunQueues {
 public:
  // For so many schedulers (at least 1) and places. Error: no memory.
  [[nodiscard]] Result<Unit> prepare(std::size_t schedulers, std::size_t max_places) noexcept;
  // Makes room for the places 0 to `places` - 1; the caller stays within max_places.
  void grow(std::size_t places) noexcept;

  // Puts a new process that runs `body` in a free place, and gives it a slice.
  Pid occupy(std::size_t place, ProcessBody& body) noexcept;
  // The scheduler that works on the process found that it has exited: it never runs again, and
  // nobody can send to it. Returns the messages that it did not receive.
  [[nodiscard]] MessageQueue vacate(std::size_t place) noexcept;

  // Delivers the message to a process, which gets a slice for it. False: the process has exited,
  // and the message still belongs to the caller.
  [[nodiscard]] bool deliver(Pid to, Message* message) noexcept;
  // Queues a request for a process that has no other request.
  void request(ProcessRequest request) noexcept;
  // Queues a slice of the process.
  void make_runnable(std::size_t place) noexcept;

  // Takes work for this scheduler, from its own queue if possible; nothing if all are empty.
  [[nodiscard]] std::optional<RunItem> take(std::size_t scheduler) noexcept;
  // The scheduler that took the process is done with it.
  void put_back(std::size_t place) noexcept;

  // Whether a scheduler is working on the process there.
  [[nodiscard]] bool is_taken(std::size_t place) noexcept { return entries_[place].taken; }
  [[nodiscard]] std::size_t places() const noexcept { return entries_.size(); }
  // Processes in all queues together.
  [[nodiscard]] std::size_t queued() const noexcept { return queued_; }

 private:
  struct Entry {
    Mailbox mailbox;
    ProcessBody* body = nullptr;
    std::uint32_t serial = 0;        // of the process that has the place now
    std::uint32_t next = 0;          // the place behind it in its queue, plus 1
    std::uint32_t asked_serial = 0;  // of the process that got the first request
    RequestKind asked_kind = RequestKind::kFirst;
    bool asked = false;
    bool alive = false;  // and can get messages
    bool queued = false;
    bool taken = false;
    bool wants_slice = false;
  };
  // Places plus 1; 0: none.
  struct Queue {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  void enqueue(std::size_t place) noexcept;
  [[nodiscard]] std::size_t dequeue(Queue& queue) noexcept;
  [[nodiscard]] RunItem begin_turn(std::size_t place) noexcept;

  MappedArray<Queue> queues_;
  StableArray<Entry> entries_;
  std::size_t queued_ = 0;
};

}  // namespace beam
