// Sizes of terms in heap words.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

// Words of all distinct objects that `term` reaches, shared ones counted once and `{}` not at all.
// This is what copying the term with its sharing takes. Error: no memory.
[[nodiscard]] Result<std::size_t> graph_words(Term term);
[[nodiscard]] Result<std::size_t> graph_words(Term term, ObjectWalk& walk);

// Words of a copy of `term` that loses all sharing, as erts_debug:flat_size/1 counts them; the
// largest std::size_t on overflow. A sub-binary counts as the binary made for it: a counted one if
// it refers to a counted one, else a heap binary of its bytes; plus a sub-binary if it has odd
// bits. Time is linear in the objects, with any sharing. Error: no memory.
[[nodiscard]] Result<std::size_t> flat_words(Term term);

// Words of all distinct objects that `term` reaches and that are not literals, as
// erts_debug:size_shared/1 counts them; with empty `literals`, erts_debug:size/1. A sub-binary
// counts as in flat_words(), and the binary behind it is not counted. Error: no memory.
[[nodiscard]] Result<std::size_t> shared_words(Term term, AddressRange literals);

// Words that copy_term() takes, counted like flat_words(), but without what is not copied. The
// largest std::size_t, which never fits, on overflow or if there is no memory to count.
[[nodiscard]] std::size_t copied_words(Term term, AddressRange literals,
                                       const AddressRanges* released) noexcept;

// Words that copy_object() takes: a sub-binary becomes a binary of its own, everything else keeps
// its size.
[[nodiscard]] std::size_t copied_object_words(Term pointer) noexcept;

// Whether a copy keeps `pointer` instead of copying its object: `{}`, and literals outside the area
// `released` (null: none).
[[nodiscard]] inline bool stays_uncopied(Term pointer, AddressRange literals,
                                         const AddressRanges* released) noexcept {
  if (literals.contains(pointer.word)) {
    return released == nullptr || !released->contains(pointer.word);
  }
  return is_empty_tuple(pointer);
}

// The sum, or the largest std::size_t on overflow.
[[nodiscard]] constexpr std::size_t add_saturating(std::size_t a, std::size_t b) noexcept {
  return a + b < a ? ~std::size_t{0} : a + b;
}

// Bytes beyond its whole ones that the copy of a sub-binary with these bits needs: 0, 1 or 2.
[[nodiscard]] std::size_t bytes_of_odd_bits(Word packed_bits) noexcept;

}  // namespace beam
