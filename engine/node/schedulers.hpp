// Scheduler threads, on which processes run and answer the requests of a purge.
//
//   driver    purges, and waits until every process has answered
//   scheduler takes a process from a run queue, serves its request, runs a slice, puts it back
//
// Rules of the threads. One lock guards the run queues, messages that arrived and the requests;
// nobody works on a heap, allocates or frees a block or copies a term while holding it. A process,
// and the messages that were fetched for it (node/mailbox.hpp), belong to the scheduler that took
// it until it is put back. Code, persistent terms, the literal space and the collector's queue
// belong to the driver, which is one thread at a time and no scheduler.
//
// A slice that began before areas were published as the copy areas may send their literals
// uncopied, and one that began before they no longer were may still look at them: at every switch
// the driver waits until all such slices are over (thread progress), then frees areas and asks
// processes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/node/code_table.hpp"
#include "engine/node/node.hpp"
#include "engine/node/request_round.hpp"
#include "engine/node/run_queues.hpp"
#include "engine/node/slice.hpp"
#include "engine/node/thread_progress.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

// What a scheduler has for itself; both outlive it.
struct SchedulerSetup {
  BlockResource* temp = nullptr;      // serves temporary copies
  PurgeObserver* observer = nullptr;  // sees this scheduler's part of a purge
};

// A request to a process, served on the thread of `scheduler`.
struct Asked {
  std::size_t scheduler = 0;
  std::size_t index = 0;
  Process& process;
  MessageQueue& messages;  // not received yet; later arrivals are elsewhere
  RequestKind kind = RequestKind::kFirst;
};

// A request that goes to every process.
class ProcessTask {
 public:
  ProcessTask() = default;
  ProcessTask(const ProcessTask&) = delete;
  ProcessTask& operator=(const ProcessTask&) = delete;
  virtual ~ProcessTask() = default;

  // How many requests may be outstanding, given the system's limit of `requests`.
  [[nodiscard]] virtual RoundLimits limits(std::size_t requests) const noexcept {
    return {.requests = requests};
  }
  // Called before any process is asked. Error: no memory.
  [[nodiscard]] virtual Result<Unit> prepare() noexcept { return Unit{}; }
  // Called by several threads at once, each for a different process.
  [[nodiscard]] virtual Answer run(const Asked& asked) noexcept = 0;
};

class Schedulers {
 public:
  static constexpr std::size_t kMax = 1024;  // the runtime's maximum

  // Starts one thread for each of `setups` (1 to kMax). `node` outlives this and stays where it is;
  // `message_blocks` serves messages. Error: no memory, or the system has no more threads.
  [[nodiscard]] static Result<std::unique_ptr<Schedulers>>
  start(Node& node, BlockResource& message_blocks, std::span<const SchedulerSetup> setups) noexcept;

  Schedulers(const Schedulers&) = delete;
  Schedulers& operator=(const Schedulers&) = delete;
  // Finishes running slices; discards unreceived messages.
  ~Schedulers();

  // The driver's side -------------------------------------------------------------------------

  // As those of Node. An area whose collection failed stays queued.
  [[nodiscard]] Result<PurgeWork> purge(Term name, const PurgeStrategy& strategy) noexcept;
  [[nodiscard]] Result<bool> purge_code(Term name) noexcept;
  [[nodiscard]] Result<bool> soft_purge_code(Term name) noexcept;
  [[nodiscard]] Result<PurgeWork> collect_literals(const PurgeStrategy& strategy) noexcept;

  // Asks every process that exists now, as many at once as the task allows. Error: no memory; no
  // process was asked.
  [[nodiscard]] Result<Unit> ask_all(ProcessTask& task) noexcept;
  // Returns when every slice and request in progress now is finished. Never call it from one.
  void wait_for_progress() noexcept;
  // Whether nothing runs or is queued: that stays so until a request, a message or a new process
  // comes from outside.
  [[nodiscard]] bool is_idle() noexcept;

  // Slices, and the driver --------------------------------------------------------------------

  // A new process with a copy of `argument` in its lowest stack slot, which gets a slice soon.
  // `body` outlives the schedulers, or all processes that run it.
  [[nodiscard]] Result<Pid> spawn(BlockResource& blocks, ProcessBody& body, Term argument,
                                  ProcessOptions options) noexcept;
  // See Slice::send.
  [[nodiscard]] Result<bool> send(Pid to, Term message) noexcept;

  // For the process whose slice the caller is running; see Slice::receive.
  [[nodiscard]] Result<Term> receive(Process& process, Mailbox& mailbox) noexcept;

  // The areas being released: messages and new processes get copies of their literals. Valid in a
  // slice or a request, until it is over.
  [[nodiscard]] AddressRanges released_ranges() const noexcept {
    const AreaBatch* areas = copy_areas();
    return areas == nullptr ? AddressRanges{} : areas->ranges();
  }

  [[nodiscard]] std::size_t size() const noexcept { return setups_.size(); }

 private:
  // What came of a scheduler's work on a process.
  struct Outcome {
    Answer answer = Answer::kOk;
    SliceEnd end = SliceEnd::kWaits;
    bool dead = false;
  };

  Schedulers(Node& node, BlockResource& message_blocks) noexcept
      : node_(node), message_blocks_(message_blocks) {}
  [[nodiscard]] Result<Unit> prepare(std::span<const SchedulerSetup> setups) noexcept;
  void stop() noexcept;

  void work(std::size_t scheduler) noexcept;
  [[nodiscard]] Outcome work_on(std::size_t scheduler, const RunItem& item) noexcept;
  void settle(const RunItem& item, Outcome outcome) noexcept;
  void retire(std::size_t place) noexcept;
  void wake_one() noexcept;
  // See Node::end_old_code.
  [[nodiscard]] Result<bool> end_old_code(Term name, PurgeKind kind) noexcept;
  [[nodiscard]] Result<std::size_t> place(Process& process) noexcept;
  bool switch_areas() noexcept;
  [[nodiscard]] Result<PurgeWork> release_areas(const AreaBatch& areas,
                                                const PurgeStrategy& strategy) noexcept;
  [[nodiscard]] const AreaBatch* copy_areas() const noexcept {
    return node_.collector().copy_areas();
  }

  Node& node_;
  BlockResource& message_blocks_;
  MappedArray<SchedulerSetup> setups_;
  std::unique_ptr<std::thread[]> threads_;
  std::size_t started_ = 0;

  std::mutex mutex_;  // guards everything below
  RunQueues queues_;
  MappedArray<std::size_t> free_places_;  // of processes that exited
  RequestRound round_;
  ProcessTask* task_ = nullptr;
  std::condition_variable ready_;  // something is queued
  std::size_t sleeping_ = 0;
  std::condition_variable round_over_;
  ThreadProgress progress_;  // a scheduler's turn is its work on one process
  std::condition_variable progressed_;
  bool stopping_ = false;
};

}  // namespace beam
