// How large terms are, in words of heap.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Words of all distinct objects that `term` reaches, shared ones counted once and `{}` not at all.
// This is what copying the term with its sharing takes. Error: no memory.
[[nodiscard]] Result<std::size_t> graph_words(Term term);

// Words of a copy of `term` that loses all sharing, as erts_debug:flat_size/1 counts them; the
// largest std::size_t if there are more. A sub-binary counts as the binary that is made for it: a
// counted one where it refers to a counted one, else a heap binary of its bytes, and another
// sub-binary where it has odd bits. Takes time linear in the objects, however much they share.
// Error: no memory.
[[nodiscard]] Result<std::size_t> flat_words(Term term);

}  // namespace beam
