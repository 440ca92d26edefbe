#include "engine/node/node.hpp"

#include <utility>

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

Result<PurgeWork> Node::purge(Term name, const PurgeStrategy& strategy, BlockResource& temp,
                              PurgeObserver& observer) noexcept {
  Module* module = code_.find(name);
  if (module == nullptr) return Error{"the module to purge is not loaded"};
  PurgeWork total;
  if (!module->old.loaded) return total;
  const PurgeContext context{module->old.literals, temp, observer};
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    Process& process = processes_[i];
    if (process.killed) continue;
    observer.process_begins(i);
    const auto work = strategy.purge_process(process, context);
    observer.process_ends(i);
    if (!work) return work.error();
    total.add(work.value());
    if (process.killed) process.free_heaps();
  }
  observer.phase_begins(PurgePhase::kRelease);
  literals_.release(module->old.literals);
  module->old = {};
  return total;
}

}  // namespace beam
