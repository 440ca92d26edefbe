// Equality of terms, and of graphs of terms.
//
// Both take time linear in the objects of the two graphs, however much they share: terms are
// compared like finite automata, by merging objects that must be equal (Hopcroft and Karp); graphs
// by the only possible bijection of their objects. Nothing recurses.
#pragma once

#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

// a =:= b. Sharing is not compared. Bitstrings are compared by their bits, external funs by module,
// function and arity, local ones by entry and environment; 0.0 equals -0.0. Both terms use one atom
// table. Hash maps have the same trie for the same keys, so they are compared node by node. Error:
// no memory.
[[nodiscard]] Result<bool> equal_terms(Term a, Term b);

// Whether a =:= b with the same sharing, that is, their graphs are isomorphic. `{}` is one object
// everywhere and is left out. Sub-binaries match sub-binaries at the same position in their binary,
// which is compared too; a sub-binary and a heap binary match by their bits, because a collector
// may turn one into the other. Error: no memory.
[[nodiscard]] Result<bool> equal_graphs(Term a, Term b);

}  // namespace beam
