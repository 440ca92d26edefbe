// How large terms are, in words of heap.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

// Words of all distinct objects that `term` reaches, shared ones counted once and `{}` not at all.
// This is what copying the term with its sharing takes. Error: no memory.
[[nodiscard]] Result<std::size_t> graph_words(Term term);
[[nodiscard]] Result<std::size_t> graph_words(Term term, ObjectWalk& walk);

// Words of a copy of `term` that loses all sharing, as erts_debug:flat_size/1 counts them; the
// largest std::size_t if there are more. A sub-binary counts as the binary that is made for it: a
// counted one where it refers to a counted one, else a heap binary of its bytes, and another
// sub-binary where it has odd bits. Takes time linear in the objects, however much they share.
// Error: no memory.
[[nodiscard]] Result<std::size_t> flat_words(Term term);

// Words of all distinct objects that `term` reaches and that are no literals, as
// erts_debug:size_shared/1 counts them, and with no literals erts_debug:size/1. A sub-binary counts
// as in flat_words(), and what it refers to not by itself. Error: no memory.
[[nodiscard]] Result<std::size_t> shared_words(Term term, AddressRange literals);

// Words that copy_term() takes, counted like flat_words(), but without what is not copied. The
// largest std::size_t, for which there never is room, if there are more or no memory to count.
[[nodiscard]] std::size_t copied_words(Term term, AddressRange literals,
                                       const AddressRange* released) noexcept;

// Words of the one object that `pointer` points at, once it is copied: a sub-binary becomes a
// binary of its own, everything else takes what it takes.
[[nodiscard]] std::size_t copied_object_words(Term pointer) noexcept;

// Whether a copy refers to what `pointer` points at and does not copy it: `{}`, and literals but
// those of the area `released` (null: none).
[[nodiscard]] inline bool stays_uncopied(Term pointer, AddressRange literals,
                                         const AddressRange* released) noexcept {
  if (literals.contains(pointer.word)) {
    return released == nullptr || !released->contains(pointer.word);
  }
  return is_empty_tuple(pointer);
}

// The sum, or the largest std::size_t if that is less.
[[nodiscard]] constexpr std::size_t add_saturating(std::size_t a, std::size_t b) noexcept {
  return a + b < a ? ~std::size_t{0} : a + b;
}

// Bytes beyond its whole ones that the copy of a sub-binary with these bits needs: 0, 1 or 2.
[[nodiscard]] std::size_t bytes_of_odd_bits(Word packed_bits) noexcept;

}  // namespace beam
