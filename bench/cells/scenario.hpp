// The scenario of a cell: a node with a module, processes that hold literals of it, processes that
// do not, and processes of which only garbage refers to it, interleaved in the order of their
// creation.
//
// A dead holder is what a call leaves behind that built a temporary term around its literals: a
// tuple on the heap that nothing reaches. The purge's scan reads raw heaps and takes it for a
// holder.
//
// The spec decides everything: what a holder holds depends only on the seed and its number, and so
// does what a dead one held.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "bench/cells/area.hpp"
#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"
#include "bench/cells/figures.hpp"
#include "bench/cells/process_kind.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/counting_blocks.hpp"
#include "engine/node/node.hpp"

namespace bench::cells {

class Scenario {
 public:
  // A node with the module and no process yet. `blocks` serves the heaps. Errors: the node's, or a
  // holder wants more words than the area has.
  [[nodiscard]] static beam::Result<std::unique_ptr<Scenario>>
  build(const CellSpec& spec, const Area& area, beam::BlockResource& blocks) noexcept;

  [[nodiscard]] beam::Node& node() noexcept { return node_; }
  // What each process is, including those not yet spawned.
  [[nodiscard]] std::span<const ProcessKind> kinds() const noexcept { return kinds_.span(); }

  // Spawns the processes.
  [[nodiscard]] beam::Result<beam::Unit> spawn_all() noexcept;

  // Loads the module again: the held literals become old.
  [[nodiscard]] beam::Result<beam::Unit> reload() noexcept;

  // Restarts every holder, dead ones included, with the same literals of the now current version.
  [[nodiscard]] beam::Result<beam::Unit> restart_holders() noexcept;

  // Collects every holder, dead ones included.
  [[nodiscard]] beam::Result<beam::Unit> collect_holders() noexcept;

  // Words of literals held by each holder that is not dead.
  [[nodiscard]] Spread held_words() const noexcept { return held_words_.spread(); }
  // The sum over all of these (shared literals count once per holder).
  [[nodiscard]] std::uint64_t total_held_words() const noexcept { return total_held_words_; }

  // process_info(P, total_heap_size) of the processes of this kind.
  [[nodiscard]] Spread heap_words(ProcessKind kind) noexcept;

  // To be called after collect_holders(): verifies every heap, compares each holder's literals with
  // `originals`, an area freshly built from the same spec, and checks that dead holders have
  // nothing but their own data. Error: what is wrong; the value is the number of the process.
  [[nodiscard]] beam::Result<beam::Unit> verify(const Area& originals) noexcept;

 private:
  Scenario(const CellSpec& spec, const Area& area, beam::BlockResource& blocks,
           beam::Node node) noexcept
      : spec_(spec), area_(area), blocks_(blocks), node_(std::move(node)) {}

  [[nodiscard]] bool choose_kinds() noexcept;
  [[nodiscard]] beam::Result<beam::Process> make_process(std::uint64_t number) noexcept;
  [[nodiscard]] beam::Result<beam::Unit> check_holder(beam::Process& process, std::uint64_t number,
                                                      const Area& originals) noexcept;
  [[nodiscard]] beam::Result<beam::Unit> check_dead_holder(beam::Process& process,
                                                           std::uint64_t number) const noexcept;

  const CellSpec& spec_;
  const Area& area_;
  beam::BlockResource& blocks_;
  beam::Node node_;
  beam::MappedArray<ProcessKind> kinds_;
  SpreadOf held_words_;
  std::uint64_t total_held_words_ = 0;
};

}  // namespace bench::cells
