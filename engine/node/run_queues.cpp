#include "engine/node/run_queues.hpp"

#include <utility>

namespace beam {

Result<Unit> RunQueues::prepare(std::size_t schedulers, std::size_t max_places) noexcept {
  if (!queues_.resize(schedulers)) return Error{"no memory for the run queues"};
  BEAM_TRY(entries_, StableArray<Entry>::reserve(max_places));
  return Unit{};
}

void RunQueues::grow(std::size_t places) noexcept {
  while (entries_.size() < places && entries_.emplace_back() != nullptr) {
  }
}

Pid RunQueues::occupy(std::size_t place, ProcessBody& body) noexcept {
  Entry& entry = entries_[place];
  entry.body = &body;
  entry.alive = true;
  make_runnable(place);
  return {static_cast<std::uint32_t>(place), entry.serial};
}

MessageQueue RunQueues::vacate(std::size_t place) noexcept {
  Entry& entry = entries_[place];
  entry.alive = entry.wants_slice = false;
  entry.body = nullptr;
  ++entry.serial;
  return entry.mailbox.empty();
}

bool RunQueues::deliver(Pid to, Message* message) noexcept {
  if (to.index >= entries_.size()) return false;
  Entry& entry = entries_[to.index];
  if (!entry.alive || entry.serial != to.serial) return false;
  entry.mailbox.deliver(message);
  make_runnable(to.index);
  return true;
}

void RunQueues::request(ProcessRequest request) noexcept {
  Entry& entry = entries_[request.process];
  entry.asked = true;
  entry.asked_kind = request.kind;
  if (request.kind == RequestKind::kFirst) entry.asked_serial = entry.serial;
  enqueue(request.process);
}

void RunQueues::make_runnable(std::size_t place) noexcept {
  entries_[place].wants_slice = true;
  enqueue(place);
}

void RunQueues::enqueue(std::size_t place) noexcept {
  Entry& entry = entries_[place];
  if (entry.queued || entry.taken) return;
  entry.queued = true;
  ++queued_;
  entry.next = 0;
  Queue& queue = queues_[place % queues_.size()];
  const auto number = static_cast<std::uint32_t>(place + 1);
  if (queue.last == 0) {
    queue.first = number;
  } else {
    entries_[queue.last - 1].next = number;
  }
  queue.last = number;
}

std::size_t RunQueues::dequeue(Queue& queue) noexcept {
  const std::size_t place = queue.first - 1;
  queue.first = entries_[place].next;
  if (queue.first == 0) queue.last = 0;
  --queued_;
  return place;
}

RunItem RunQueues::begin_turn(std::size_t place) noexcept {
  Entry& entry = entries_[place];
  entry.mailbox.fetch();
  RunItem item{.pid = {static_cast<std::uint32_t>(place), entry.serial},
               .alive = entry.alive,
               .request = std::nullopt,
               .gone = entry.asked_serial != entry.serial,
               .slice = entry.wants_slice,
               .body = entry.body,
               .mailbox = &entry.mailbox};
  if (entry.asked) item.request = entry.asked_kind;
  entry.queued = entry.asked = entry.wants_slice = false;
  entry.taken = true;
  return item;
}

std::optional<RunItem> RunQueues::take(std::size_t scheduler) noexcept {
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    Queue& queue = queues_[(scheduler + i) % queues_.size()];
    if (queue.first != 0) return begin_turn(dequeue(queue));
  }
  return std::nullopt;
}

void RunQueues::put_back(std::size_t place) noexcept {
  Entry& entry = entries_[place];
  entry.taken = false;
  if (entry.asked || entry.wants_slice) enqueue(place);
}

}  // namespace beam
