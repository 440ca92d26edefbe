// Equality of terms, and of graphs of terms.
//
// Both take time linear in the objects of the two graphs, however much they share: terms are
// compared as finite automata are, by merging objects that have to be equal (Hopcroft and Karp),
// and graphs by the one way to match their objects. Nothing recurses.
#pragma once

#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

// a =:= b. Sharing is not compared; bitstrings are equal by their bits, whatever they are kept in,
// external funs by module, function and arity, local ones by entry and environment, 0.0 and -0.0
// are equal. Atoms are of one table. Hash maps have the same trie for the same keys, so they are
// compared node by node. Error: no memory.
[[nodiscard]] Result<bool> equal_terms(Term a, Term b);

// Whether a =:= b with the same sharing: there is a bijection between their objects that takes the
// one graph to the other. `{}` is one object everywhere and takes no part. Sub-binaries match
// sub-binaries of the same position in their binary, which is compared too; a sub-binary and a heap
// binary match by their bits, because a collector may make the one from the other. Error: no
// memory.
[[nodiscard]] Result<bool> equal_graphs(Term a, Term b);

}  // namespace beam
