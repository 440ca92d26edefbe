// A node: literal space, code, processes, and the purge of a module's old code.
//
// One purge, in the runtime's order: every process in the order of its creation gives up its
// references into the old area; then the area is freed. A process that dies of its heap limit on
// the way is gone before the next one is looked at. `engine/README.md` narrates one purge end to
// end.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/node/code_table.hpp"
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

  // Purges the old code of module `name`. `temp` serves temporary copies; `observer` is told of
  // every phase. A module without old code is no error and no work. Error: the module is unknown,
  // or memory ran out, and then the old code stays.
  [[nodiscard]] Result<PurgeWork> purge(Term name, const PurgeStrategy& strategy,
                                        BlockResource& temp, PurgeObserver& observer) noexcept;

  [[nodiscard]] LiteralSpace& literals() noexcept { return literals_; }
  [[nodiscard]] CodeTable& code() noexcept { return code_; }
  [[nodiscard]] ProcessTable& processes() noexcept { return processes_; }

 private:
  Node(LiteralSpace literals, ProcessTable processes) noexcept
      : literals_(std::move(literals)), processes_(std::move(processes)) {}

  LiteralSpace literals_;
  CodeTable code_;
  ProcessTable processes_;  // destroyed first: heaps refer to literals
};

}  // namespace beam
