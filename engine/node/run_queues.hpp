// Who is to be run: one queue for each scheduler, and for each process what it has to do.
//
// A process has a home queue. A scheduler whose own queue is empty takes from the next one that is
// not. Invariant: a process is in at most one queue and never in one while it runs, so that one
// scheduler at a time works on it; what comes up meanwhile waits until it is put back.
//
// Threads: callers hold one lock around everything here (see schedulers.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/node/request_round.hpp"
#include "engine/node/slice.hpp"

namespace beam {

// What a scheduler took from a queue: a request, a slice, or both, the request first.
struct RunItem {
  std::size_t process = 0;
  std::optional<RequestKind> request;
  bool slice = false;
  bool gone = false;  // whom the request is for exited; its place may have another process
};

class RunQueues {
 public:
  // For so many schedulers (at least 1). Room for processes is made by grow().
  [[nodiscard]] Result<Unit> prepare(std::size_t schedulers) noexcept;
  // Knows the processes 0 to `processes` - 1 at least. Error: no memory.
  [[nodiscard]] Result<Unit> grow(std::size_t processes) noexcept;

  // The process is asked for something. It has no other request.
  void request(ProcessRequest request) noexcept;
  // The process has something to run.
  void make_runnable(std::size_t process) noexcept;

  // Something to do for this scheduler, preferably from its own queue; nothing: all are empty.
  [[nodiscard]] std::optional<RunItem> take(std::size_t scheduler) noexcept;
  // The process that was taken is not worked on any more.
  void put_back(std::size_t process) noexcept;

  // What else is kept of a process.
  struct Entry {
    ProcessBody* body = nullptr;  // null: it never runs
    MessageQueue messages;        // that it has not received
    std::uint32_t serial = 0;     // of the process that has the place now
    bool alive = false;           // and can get messages

    // Of the queues.
    std::uint32_t next = 0;  // in its queue, 1 more than its number
    bool queued = false;
    bool running = false;
    bool wants_slice = false;
    bool asked = false;
    RequestKind asked_kind = RequestKind::kFirst;
    std::uint32_t asked_serial = 0;  // of the process that was asked first
  };
  [[nodiscard]] Entry& entry(std::size_t process) noexcept { return entries_[process]; }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  // Processes in all queues together.
  [[nodiscard]] std::size_t queued() const noexcept { return queued_; }

 private:
  // Numbers of processes, each 1 more than it is; 0: none.
  struct Queue {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  void enqueue(std::size_t process) noexcept;

  MappedArray<Queue> queues_;
  MappedArray<Entry> entries_;
  std::size_t queued_ = 0;
};

}  // namespace beam
