#include "engine/node/node.hpp"

#include <utility>

#include "engine/purge/process_scan.hpp"

namespace beam {

Result<Node> Node::create(NodeOptions options) noexcept {
  auto literals = LiteralSpace::reserve(options.literal_space_bytes);
  if (!literals) return literals.error();
  auto processes = ProcessTable::create(options.max_processes);
  if (!processes) return processes.error();
  return Node(std::move(literals).value(), std::move(processes).value());
}

Result<Process*> Node::spawn(BlockResource& blocks, ProcessOptions options) noexcept {
  auto process = Process::spawn(blocks, literals_.range(), options);
  if (!process) return process.error();
  return processes_.add(std::move(process).value());
}

Result<bool> Node::end_old_code(Term name, PurgeKind kind) noexcept {
  Module* module = code_.find(name);
  if (module == nullptr || !module->old.loaded) return false;
  const auto room = collector_.make_room();
  if (!room) return room.error();
  CodePurge purge(*module);
  bool was_run = false;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    Process& process = processes_[i];
    if (process.killed || !purge.stopped_by(process)) continue;
    if (kind == PurgeKind::kSoft) return true;
    was_run = process.killed = true;
    process.free_heaps();
  }
  collector_.enqueue(purge.complete());
  return was_run;
}

Result<bool> Node::purge_code(Term name) noexcept { return end_old_code(name, PurgeKind::kHard); }

Result<bool> Node::soft_purge_code(Term name) noexcept {
  const auto was_run = end_old_code(name, PurgeKind::kSoft);
  return was_run ? Result<bool>(!was_run.value()) : was_run;
}

namespace {

// Error: no memory.
Result<PurgeWork> purge_process(Process& process, const LiteralSearch& search, Purge& purge,
                                const PurgeWorker& worker,
                                MappedArray<LiteralSlot>& slots) noexcept {
  PurgeWork work;
  BEAM_TRY(const auto hits, search_process(process, search, worker.observer, slots, work));
  if (!hits.found) return work;
  BEAM_TRY(const auto done, purge.visit(process, hits, worker));
  work.add(done);
  return work;
}

}  // namespace

Result<PurgeWork> Node::purge_processes(const AreaBatch& areas, const PurgeStrategy& strategy,
                                        BlockResource& temp, PurgeObserver& observer) noexcept {
  PurgeBox box;
  BEAM_TRY(Purge* const purge, strategy.begin(box, {areas}));
  const LiteralSearch search{areas.ranges(), strategy.scan_depth(), literals_.range()};
  const PurgeWorker worker{0, temp, observer};
  MappedArray<LiteralSlot> slots;
  PurgeWork total;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    Process& process = processes_[i];
    if (process.killed) continue;
    observer.process_begins(i);
    const auto work = purge_process(process, search, *purge, worker, slots);
    observer.process_ends(i);
    if (!work) return work.error();
    total.add(work.value());
    if (process.killed) process.free_heaps();
  }
  return total;
}

Result<PurgeWork> Node::collect_literals(const PurgeStrategy& strategy, BlockResource& temp,
                                         PurgeObserver& observer) noexcept {
  PurgeWork total;
  if (collector_.idle()) return total;
  // Copy areas left by a call that failed: their round starts again.
  bool more = collector_.copy_areas() != nullptr || collector_.release_area_switch(literals_);
  while (more) {
    const auto work = purge_processes(*collector_.copy_areas(), strategy, temp, observer);
    if (!work) return work.error();
    total.add(work.value());
    observer.phase_begins(PurgePhase::kRelease);
    more = collector_.release_area_switch(literals_);
  }
  return total;
}

Result<PurgeWork> Node::purge(Term name, const PurgeStrategy& strategy, BlockResource& temp,
                              PurgeObserver& observer) noexcept {
  Module* module = code_.find(name);
  if (module == nullptr) return Error{"the module to purge is not loaded"};
  if (!module->old.loaded) return PurgeWork{};
  auto total = collect_literals(strategy, temp, observer);
  if (!total) return total.error();
  const auto work = purge_processes(AreaBatch(module->old.literals), strategy, temp, observer);
  if (!work) return work.error();
  total.value().add(work.value());
  observer.phase_begins(PurgePhase::kRelease);
  literals_.release(module->old.literals);
  module->old = {};
  return total;
}

}  // namespace beam
