// Everything a process holds, as one term: a tuple, outside of the process, of its stack (from the
// top on) and its dictionary.
#pragma once

#include "engine/base/word_arena.hpp"
#include "engine/heap/process.hpp"
#include "tests/support/test_memory.hpp"

namespace beam_test {

class RootTuple {
 public:
  explicit RootTuple(beam::Process& process);

  // Good until the process collects or changes its roots.
  [[nodiscard]] beam::Term term() const noexcept { return beam::make_boxed(words_.base()); }

 private:
  beam::WordArena words_;
};

[[nodiscard]] inline bool same_roots(beam::Process& a, beam::Process& b) {
  return same_graph(RootTuple(a).term(), RootTuple(b).term());
}

}  // namespace beam_test
