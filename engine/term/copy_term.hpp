// Flat copies of terms, as the runtime makes them when a term goes from one heap to another: a
// message, the arguments of a spawn, an element of an ETS table.
//
//   begin            scan               top
//   | whole copies   | still refers to  | room
//   |                | originals        |
//
// Sharing is lost: a part is copied once for each reference to it. `{}`, immediates and terms in
// `literals` are not copied, except literals of the area being released (`released`, null: none). A
// sub-binary becomes the binary that copied_words() (engine/term/term_words.hpp) counts for it.
// Objects that own off-heap data take one more reference and go to the front of the destination's
// off-heap list. The copy itself is the work list, so nothing recurses and no memory is needed.
//
// - send and spawn: `literals` is the range of all literals of the node;
// - ETS, exit reasons, process_info: `literals` is empty, so literals are copied, too;
// - persistent terms keep sharing: see engine/term/shared_copy.hpp.
//
// Source: OTP 25, copy_struct_x and size_object_x, erts/emulator/beam/copy.c.
#pragma once

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/term/term.hpp"
#include "engine/term/term_words.hpp"

namespace beam {

// Copies `term` to `top`, which has room for copied_words(term, literals, released) words, and
// advances `top`. The term has no match state: those never leave their process.
[[nodiscard]] Term copy_term(Term term, AddressRange literals, const AddressRanges* released,
                             Word*& top, Word*& off_heap) noexcept;

// Copies only the object behind `pointer`, a cons cell or a boxed object, not what it refers to,
// except the binary behind a sub-binary. Takes copied_object_words().
[[nodiscard]] Term copy_object(Term pointer, Word*& top, Word*& off_heap) noexcept;

}  // namespace beam
