// The model's stand-in for running code: a process gets a slice of time on a scheduler, in which
// its body changes its heap, receives, sends, spawns, waits or exits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/node/mailbox.hpp"
#include "engine/term/term.hpp"

namespace beam {

// A process of the table: its place, and a serial that tells it from earlier processes there.
struct Pid {
  std::uint32_t index = 0;
  std::uint32_t serial = 0;

  friend bool operator==(const Pid&, const Pid&) = default;
};

enum class SliceEnd {
  kRunnable,  // has more to do
  kWaits,     // for a new message; those left in its queue do not wake it
  kExits,
};

class Slice;

// The code of processes. One body may serve many of them, on several threads at once: what belongs
// to one process is kept in its stack and heap.
class ProcessBody {
 public:
  ProcessBody() = default;
  ProcessBody(const ProcessBody&) = delete;
  ProcessBody& operator=(const ProcessBody&) = delete;
  virtual ~ProcessBody() = default;

  [[nodiscard]] virtual SliceEnd run(Slice& slice) noexcept = 0;
};

class Schedulers;

// One slice, on the scheduler's thread. No other thread touches the process meanwhile.
class Slice {
 public:
  Slice(Schedulers& schedulers, Process& process, Mailbox& mailbox, Pid self) noexcept
      : schedulers_(schedulers), process_(process), mailbox_(mailbox), self_(self) {}

  [[nodiscard]] Process& process() const noexcept { return process_; }
  [[nodiscard]] Pid self() const noexcept { return self_; }

  // A new process with a copy of `argument` in its lowest stack slot. Error: no memory, or the
  // process table is full.
  [[nodiscard]] Result<Pid> spawn(ProcessBody& body, Term argument,
                                  ProcessOptions options = {}) noexcept;
  // Sends a copy of `message`. False: the process has exited. Error: no memory.
  [[nodiscard]] Result<bool> send(Pid to, Term message) noexcept;
  // Sends itself `message`, which is on its heap; see heap/message_queue.hpp. Such messages are in
  // the queue of the process, and receive() does not return them. Error: no memory.
  [[nodiscard]] Result<Unit> send_to_self(Term message) noexcept;
  // process_flag(message_queue_data, ...) for that queue; see heap/message_queue.hpp. Error: no
  // memory.
  [[nodiscard]] Result<Unit> change_message_queue_data(bool off_heap) noexcept;
  // The oldest message, moved into the heap; kNonValue if none. May collect. Error: no
  // memory, or the collection killed the process; the message is lost.
  [[nodiscard]] Result<Term> receive() noexcept;

 private:
  Schedulers& schedulers_;
  Process& process_;
  Mailbox& mailbox_;
  Pid self_;
};

}  // namespace beam
