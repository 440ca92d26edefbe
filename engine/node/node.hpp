// A node: literal space, code, processes, the purge of a module's old code, and what follows it.
//
// A purge is two things. First the code goes: whoever runs it stops the purge (soft) or is killed
// (hard), and the old literals are queued. Then the literal collector takes one area after the
// other, or several at once: every process in the order of its creation gives up its references
// into it; a process that dies of its heap limit on the way is gone before the next one is looked
// at. `engine/README.md` narrates one purge end to end.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/node/code_table.hpp"
#include "engine/node/literal_collector.hpp"
#include "engine/node/persistent_terms.hpp"
#include "engine/node/process_table.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

struct NodeOptions {
  std::size_t literal_space_bytes = LiteralSpace::kDefaultBytes;
  std::size_t max_processes = 262144;  // the runtime's default process limit (+P)
};

class Node {
 public:
  [[nodiscard]] static Result<Node> create(NodeOptions options = {}) noexcept;

  // A new process of this node; `blocks` outlives the node. Error: no memory, or the table is full.
  [[nodiscard]] Result<Process*> spawn(BlockResource& blocks, ProcessOptions options = {}) noexcept;

  // Loads a version of module `name` (an atom); see CodeTable::load.
  [[nodiscard]] Result<Module*> load(Term name, const AreaImage& image) noexcept {
    return code_.load(name, literals_, image);
  }
  // code:delete/1: what is current becomes old. False: not loaded, or there is old code already.
  [[nodiscard]] bool delete_code(Term name) noexcept { return code_.remove(name); }

  // code:purge/1: kills processes that run the old code of `name`, and queues its literals. Returns
  // whether any was killed; no old code is no error. Error: no memory, and nothing changed.
  [[nodiscard]] Result<bool> purge_code(Term name) noexcept;
  // code:soft_purge/1: the same, and true, if no process runs the old code; otherwise changes
  // nothing and returns false. Error: no memory, and nothing changed.
  [[nodiscard]] Result<bool> soft_purge_code(Term name) noexcept;

  // Persistent terms; see PersistentTerms. What is replaced or erased is queued.
  [[nodiscard]] Result<Unit> put_persistent(Term key, Term value) noexcept {
    return persistent_terms_.put(key, value, literals_, collector_);
  }
  [[nodiscard]] Result<Term> get_persistent(Term key) noexcept {
    return persistent_terms_.get(key);
  }
  [[nodiscard]] Result<bool> erase_persistent(Term key) noexcept {
    return persistent_terms_.erase(key, literals_, collector_);
  }

  // Works off the literal collector's queue; returns when all areas are freed. `temp` serves
  // temporary copies; `observer` sees every phase. Error: memory ran out; the areas left stay
  // queued, the one in progress first.
  [[nodiscard]] Result<PurgeWork> collect_literals(const PurgeStrategy& strategy,
                                                   BlockResource& temp,
                                                   PurgeObserver& observer) noexcept;

  // Frees the old literals of `name` in one call, after whatever is queued: the cost of a purge
  // when no process runs the old code, which is not checked. A module without old code is no error
  // and no work. Error: the module is unknown, or memory ran out, and then the old code stays.
  [[nodiscard]] Result<PurgeWork> purge(Term name, const PurgeStrategy& strategy,
                                        BlockResource& temp, PurgeObserver& observer) noexcept;

  [[nodiscard]] LiteralSpace& literals() noexcept { return literals_; }
  [[nodiscard]] CodeTable& code() noexcept { return code_; }
  [[nodiscard]] LiteralCollector& collector() noexcept { return collector_; }
  [[nodiscard]] const PersistentTerms& persistent_terms() const noexcept {
    return persistent_terms_;
  }
  [[nodiscard]] ProcessTable& processes() noexcept { return processes_; }

 private:
  Node(LiteralSpace literals, ProcessTable processes) noexcept
      : literals_(std::move(literals)), processes_(std::move(processes)) {}

  // Whether any process ran the old code of `name`. Frees it unless that ends a soft purge.
  [[nodiscard]] Result<bool> end_old_code(Term name, PurgeKind kind) noexcept;
  // Every process gives up what it holds of `areas`.
  [[nodiscard]] Result<PurgeWork> purge_processes(const AreaBatch& areas,
                                                  const PurgeStrategy& strategy,
                                                  BlockResource& temp,
                                                  PurgeObserver& observer) noexcept;

  LiteralSpace literals_;
  CodeTable code_;
  LiteralCollector collector_;
  PersistentTerms persistent_terms_;
  ProcessTable processes_;  // destroyed first: heaps refer to literals
};

}  // namespace beam
