#include "engine/node/schedulers.hpp"

#include <exception>
#include <new>
#include <utility>

#include "engine/heap/message_queue.hpp"
#include "engine/heap/spawn.hpp"
#include "engine/node/code_table.hpp"
#include "engine/node/mailbox.hpp"
#include "engine/node/purge_tasks.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory for the schedulers"};

}  // namespace

// Starting and stopping ----------------------------------------------------------------------

Result<std::unique_ptr<Schedulers>>
Schedulers::start(Node& node, BlockResource& message_blocks,
                  std::span<const SchedulerSetup> setups) noexcept {
  if (setups.empty() || setups.size() > kMax) {
    return Error{
        "the number of schedulers is out of range", Error::kNowhere, {setups.size(), "{}"}};
  }
  std::unique_ptr<Schedulers> made(new (std::nothrow) Schedulers(node, message_blocks));
  if (made == nullptr) return kNoMemory;
  const auto prepared = made->prepare(setups);
  if (!prepared) return prepared.error();
  try {
    for (; made->started_ < setups.size(); ++made->started_) {
      made->threads_[made->started_] =
          std::thread([self = made.get(), i = made->started_] { self->work(i); });
    }
  } catch (const std::exception&) {
    return Error{"the system cannot start another thread",
                 Error::kNowhere,
                 {made->started_, "{} were started"}};
  }
  return made;
}

Result<Unit> Schedulers::prepare(std::span<const SchedulerSetup> setups) noexcept {
  for (const SchedulerSetup& setup : setups) {
    if (!setups_.push_back(setup)) return kNoMemory;
  }
  threads_.reset(new (std::nothrow) std::thread[setups.size()]);
  if (threads_ == nullptr) return kNoMemory;
  BEAM_CHECK(progress_.prepare(setups.size()));
  BEAM_CHECK(queues_.prepare(setups.size(), node_.processes().capacity()));
  queues_.grow(node_.processes().size());
  return Unit{};
}

Schedulers::~Schedulers() {
  stop();
  for (std::size_t i = 0; i < queues_.places(); ++i) {
    release_messages(message_blocks_, queues_.vacate(i).first);
  }
}

void Schedulers::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (std::size_t i = 0; i < started_; ++i) threads_[i].join();
}

// A scheduler --------------------------------------------------------------------------------

// A scheduler that takes work wakes another one if there is more.
void Schedulers::work(std::size_t scheduler) noexcept {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto item = queues_.take(scheduler);
    if (!item) {
      ++sleeping_;
      ready_.wait(lock);
      --sleeping_;
      continue;
    }
    if (queues_.queued() != 0) wake_one();
    progress_.turn_begins(scheduler);
    lock.unlock();
    const Outcome outcome = work_on(scheduler, *item);
    lock.lock();
    settle(*item, outcome);
    if (progress_.turn_ends(scheduler)) progressed_.notify_all();
  }
}

Schedulers::Outcome Schedulers::work_on(std::size_t scheduler, const RunItem& item) noexcept {
  Outcome outcome;
  const std::size_t place = item.pid.index;
  Process& process = node_.processes()[place];
  if (item.request && !item.gone && !process.killed) {
    MessageQueue& messages = item.mailbox->fetched();
    outcome.answer = task_->run({scheduler, place, process, messages, *item.request});
  }
  if (item.slice && item.body != nullptr && !process.killed) {
    Slice slice(*this, process, *item.mailbox, item.pid);
    outcome.end = item.body->run(slice);
    if (outcome.end == SliceEnd::kExits) process.killed = true;
  }
  outcome.dead = process.killed;
  if (outcome.dead) process.free_heaps();
  if (outcome.dead && item.alive) retire(place);
  return outcome;
}

// The place can be reused once the process is put back.
void Schedulers::retire(std::size_t place) noexcept {
  MessageQueue unreceived;
  {
    const std::lock_guard lock(mutex_);
    unreceived = queues_.vacate(place);
    static_cast<void>(free_places_.push_back(place));  // place() made room
  }
  release_messages(message_blocks_, unreceived.first);
}

// Acts on the outcome. A dead process counts as having answered.
void Schedulers::settle(const RunItem& item, Outcome outcome) noexcept {
  const std::size_t place = item.pid.index;
  if (item.request) {
    const auto next = round_.answer({place, *item.request}, outcome.answer);
    if (next) queues_.request(*next);
    if (round_.over()) round_over_.notify_all();
  }
  if (item.slice && !outcome.dead && outcome.end == SliceEnd::kRunnable) {
    queues_.make_runnable(place);
  }
  queues_.put_back(place);
}

void Schedulers::wake_one() noexcept {
  if (sleeping_ > 0) ready_.notify_one();
}

// The driver ---------------------------------------------------------------------------------

Result<Unit> Schedulers::ask_all(ProcessTask& task) noexcept {
  std::unique_lock lock(mutex_);
  const std::size_t processes = node_.processes().size();
  queues_.grow(processes);
  const auto prepared = task.prepare();
  if (!prepared) return prepared;
  const auto begun = round_.begin(processes, task.limits(2 * size()));
  if (!begun) return begun;
  task_ = &task;
  while (const auto request = round_.first_requests()) queues_.request(*request);
  ready_.notify_all();
  round_over_.wait(lock, [this] { return round_.over(); });
  task_ = nullptr;
  return Unit{};
}

void Schedulers::wait_for_progress() noexcept {
  std::unique_lock lock(mutex_);
  const ThreadProgress::Moment now = progress_.await();
  progressed_.wait(lock, [this, now] { return progress_.has_passed(now); });
}

bool Schedulers::is_idle() noexcept {
  const std::lock_guard lock(mutex_);
  return queues_.queued() == 0 && progress_.at_rest();
}

// When this returns, every slice that could have seen the previous areas is over.
bool Schedulers::switch_areas() noexcept {
  const bool more = node_.collector().switch_areas();
  wait_for_progress();
  node_.collector().release_switched(node_.literals());
  return more;
}

Result<PurgeWork> Schedulers::release_areas(const AreaBatch& areas,
                                            const PurgeStrategy& strategy) noexcept {
  PurgeBox box;
  BEAM_TRY(Purge* const purge, strategy.begin(box, {areas, size()}));
  LiteralTask task({areas.ranges(), strategy.scan_depth(), node_.literals().range()}, *purge,
                   message_blocks_, setups_.span());
  BEAM_CHECK(ask_all(task));
  return task.work();
}

Result<PurgeWork> Schedulers::collect_literals(const PurgeStrategy& strategy) noexcept {
  LiteralCollector& collector = node_.collector();
  PurgeWork total;
  if (collector.idle()) return total;
  bool more = copy_areas() != nullptr || switch_areas();
  while (more) {
    const auto work = release_areas(*copy_areas(), strategy);
    if (!work) return work.error();
    total.add(work.value());
    setups_[0].observer->phase_begins(PurgePhase::kRelease);
    more = switch_areas();
  }
  return total;
}

Result<PurgeWork> Schedulers::purge(Term name, const PurgeStrategy& strategy) noexcept {
  Module* module = node_.code().find(name);
  if (module == nullptr) return Error{"the module to purge is not loaded"};
  if (!module->old.loaded) return PurgeWork{};
  const auto room = node_.collector().make_room();
  if (!room) return room.error();
  node_.collector().enqueue(std::exchange(module->old, {}).literals);
  return collect_literals(strategy);
}

Result<bool> Schedulers::end_old_code(Term name, PurgeKind kind) noexcept {
  Module* module = node_.code().find(name);
  if (module == nullptr || !module->old.loaded) return false;
  const auto room = node_.collector().make_room();
  if (!room) return room.error();
  CodePurge purge(*module);
  CodeTask task(purge, kind);
  const auto asked = ask_all(task);
  if (!asked) return asked.error();
  const bool given_up = task.stopped() && kind == PurgeKind::kSoft;
  if (!given_up) node_.collector().enqueue(purge.complete());
  return task.stopped();
}

Result<bool> Schedulers::purge_code(Term name) noexcept {
  return end_old_code(name, PurgeKind::kHard);
}

Result<bool> Schedulers::soft_purge_code(Term name) noexcept {
  const auto was_run = end_old_code(name, PurgeKind::kSoft);
  return was_run ? Result<bool>(!was_run.value()) : was_run;
}

// Processes ----------------------------------------------------------------------------------

// Puts the process in a free place that no scheduler is working on, or else in a new one.
Result<std::size_t> Schedulers::place(Process& process) noexcept {
  for (std::size_t i = free_places_.size(); i-- > 0;) {
    const std::size_t index = free_places_[i];
    if (queues_.is_taken(index)) continue;
    free_places_[i] = free_places_.back();
    free_places_.pop_back();
    node_.processes()[index] = std::move(process);
    return index;
  }
  const std::size_t index = node_.processes().size();
  if (!free_places_.reserve(index + 1)) return kNoMemory;
  const auto added = node_.processes().add(std::move(process));
  if (!added) return added.error();
  queues_.grow(index + 1);
  return index;
}

Result<Pid> Schedulers::spawn(BlockResource& blocks, ProcessBody& body, Term argument,
                              ProcessOptions options) noexcept {
  const AddressRanges released = released_ranges();
  auto process = spawn_with({&blocks, node_.literals().range(), &released}, argument, options);
  if (!process) return process.error();
  const std::lock_guard lock(mutex_);
  const auto index = place(process.value());
  if (!index) return index.error();
  const Pid pid = queues_.occupy(index.value(), body);
  wake_one();
  return pid;
}

Result<bool> Schedulers::send(Pid to, Term message) noexcept {
  const AddressRanges released = released_ranges();
  const auto made =
      make_sent_message(message_blocks_, node_.literals().range(), message, &released);
  if (!made) return made.error();
  bool taken = false;
  {
    const std::lock_guard lock(mutex_);
    taken = queues_.deliver(to, made.value());
    if (taken) wake_one();
  }
  if (!taken) release_messages(message_blocks_, made.value());
  return taken;
}

Result<Term> Schedulers::receive(Process& process, Mailbox& mailbox) noexcept {
  if (mailbox.fetched().empty()) {
    const std::lock_guard lock(mutex_);
    mailbox.fetch();
  }
  Message* const message = mailbox.fetched().take();
  if (message == nullptr) return kNonValue;
  const AddressRanges released = released_ranges();
  const auto term = receive_message(*message, &released, process);
  release_messages(message_blocks_, message);
  return term;
}

// Slices -------------------------------------------------------------------------------------

Result<Pid> Slice::spawn(ProcessBody& body, Term argument, ProcessOptions options) noexcept {
  return schedulers_.spawn(*process_.blocks, body, argument, options);
}

Result<bool> Slice::send(Pid to, Term message) noexcept { return schedulers_.send(to, message); }

Result<Unit> Slice::send_to_self(Term message) noexcept {
  const AddressRanges released = schedulers_.released_ranges();
  return beam::send_to_self(process_, message, {.released = &released});
}

Result<Unit> Slice::change_message_queue_data(bool off_heap) noexcept {
  const AddressRanges released = schedulers_.released_ranges();
  return beam::change_message_queue_data(process_, off_heap, &released);
}

Result<Term> Slice::receive() noexcept { return schedulers_.receive(process_, mailbox_); }

}  // namespace beam
