// Who is to be run: one queue for each scheduler, and for each place of the process table what the
// process there has to do and who sends to it.
//
// A process has a home queue. A scheduler whose own queue is empty takes from the next one that is
// not. Invariants: a process is in at most one queue and never in one while it runs, so that one
// scheduler at a time works on it; what comes up meanwhile waits until it is put back. Every
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

// What a scheduler took from a queue: a request, a slice, or both, the request first. All of it is
// as it was then, and the mailbox is the scheduler's until it puts the process back.
struct RunItem {
  Pid pid;  // whose turn it is: who has the place now
  bool alive = false;
  std::optional<RequestKind> request;
  bool gone = false;  // whom the request is for exited; its place may have another process
  bool slice = false;
  ProcessBody* body = nullptr;  // null: it never runs
  Mailbox* mailbox = nullptr;   // whatever came before the turn is fetched
};

class RunQueues {
 public:
  // For so many schedulers (at least 1) and places. Error: no memory.
  [[nodiscard]] Result<Unit> prepare(std::size_t schedulers, std::size_t max_places) noexcept;
  // Knows the places 0 to `places` - 1 at least; more than there may be are not asked for.
  void grow(std::size_t places) noexcept;

  // A process that runs `body` has the place, where nobody is, and gets a slice.
  Pid occupy(std::size_t place, ProcessBody& body) noexcept;
  // The process there is no more, says who works on it: it runs never again, and nobody can send to
  // it. Returns the messages that it did not receive.
  [[nodiscard]] MessageQueue vacate(std::size_t place) noexcept;

  // Takes the message to a process, which gets a slice for it. False: there is no such process any
  // more, and the message stays the caller's.
  [[nodiscard]] bool deliver(Pid to, Message* message) noexcept;
  // The process is asked for something. It has no other request.
  void request(ProcessRequest request) noexcept;
  // The process has something to run.
  void make_runnable(std::size_t place) noexcept;

  // Something to do for this scheduler, preferably from its own queue; nothing: all are empty.
  [[nodiscard]] std::optional<RunItem> take(std::size_t scheduler) noexcept;
  // The process that was taken is not worked on any more.
  void put_back(std::size_t place) noexcept;

  // Whether a scheduler works on what is there.
  [[nodiscard]] bool is_taken(std::size_t place) noexcept { return entries_[place].taken; }
  [[nodiscard]] std::size_t places() const noexcept { return entries_.size(); }
  // Processes in all queues together.
  [[nodiscard]] std::size_t queued() const noexcept { return queued_; }

 private:
  struct Entry {
    Mailbox mailbox;
    ProcessBody* body = nullptr;
    std::uint32_t serial = 0;        // of the process that has the place now
    std::uint32_t next = 0;          // in its queue, 1 more than its number
    std::uint32_t asked_serial = 0;  // of the process that was asked first
    RequestKind asked_kind = RequestKind::kFirst;
    bool asked = false;
    bool alive = false;  // and can get messages
    bool queued = false;
    bool taken = false;
    bool wants_slice = false;
  };
  // Numbers of places, each 1 more than it is; 0: none.
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
