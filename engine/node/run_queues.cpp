#include "engine/node/run_queues.hpp"

namespace beam {

Result<Unit> RunQueues::prepare(std::size_t schedulers) noexcept {
  if (!queues_.resize(schedulers)) return Error{"no memory for the run queues"};
  return Unit{};
}

Result<Unit> RunQueues::grow(std::size_t processes) noexcept {
  const std::size_t known = entries_.size();
  if (processes <= known) return Unit{};
  if (!entries_.resize(processes)) return Error{"no memory for the run queues"};
  for (std::size_t i = known; i < processes; ++i) entries_[i] = Entry{};
  return Unit{};
}

void RunQueues::enqueue(std::size_t process) noexcept {
  Entry& entry = entries_[process];
  if (entry.queued || entry.running) return;
  entry.queued = true;
  ++queued_;
  entry.next = 0;
  Queue& queue = queues_[process % queues_.size()];
  const auto number = static_cast<std::uint32_t>(process + 1);
  if (queue.last == 0) {
    queue.first = number;
  } else {
    entries_[queue.last - 1].next = number;
  }
  queue.last = number;
}

void RunQueues::request(ProcessRequest request) noexcept {
  Entry& entry = entries_[request.process];
  entry.asked = true;
  entry.asked_kind = request.kind;
  if (request.kind == RequestKind::kFirst) entry.asked_serial = entry.serial;
  enqueue(request.process);
}

void RunQueues::make_runnable(std::size_t process) noexcept {
  entries_[process].wants_slice = true;
  enqueue(process);
}

std::optional<RunItem> RunQueues::take(std::size_t scheduler) noexcept {
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    Queue& queue = queues_[(scheduler + i) % queues_.size()];
    if (queue.first == 0) continue;
    RunItem item;
    item.process = queue.first - 1;
    Entry& entry = entries_[item.process];
    queue.first = entry.next;
    if (queue.first == 0) queue.last = 0;
    --queued_;
    if (entry.asked) item.request = entry.asked_kind;
    item.slice = entry.wants_slice;
    item.gone = entry.asked_serial != entry.serial;
    entry.queued = entry.asked = entry.wants_slice = false;
    entry.running = true;
    return item;
  }
  return std::nullopt;
}

void RunQueues::put_back(std::size_t process) noexcept {
  Entry& entry = entries_[process];
  entry.running = false;
  if (entry.asked || entry.wants_slice) enqueue(process);
}

}  // namespace beam
