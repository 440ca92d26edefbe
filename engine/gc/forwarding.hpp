// Where a moved object's new place is kept: a parameter of the copying loop, asked by it and by
// whoever looks at the originals afterwards.
//
// ForwardingInPlace overwrites the original, as the runtime does. A cons that moved has 0 in its
// head, which no cons has, and the new pointer in its tail; a boxed object has the new pointer in
// place of its header, and no object that stayed begins with a boxed pointer. It needs no memory,
// but the original must have no other reader.
#pragma once

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

// The new pointer of an object, if it moved.
struct Forwarded {
  bool moved = false;
  Word pointer = 0;
};

struct ForwardingInPlace {
  // Of a cons at `cell` whose words are `head` and `tail`.
  [[gnu::always_inline]] static Forwarded of_cons(const Word* /*cell*/, Word head,
                                                  Word tail) noexcept {
    return {head == 0, tail};
  }
  // Of a boxed object whose first word is `first`.
  [[gnu::always_inline]] static Forwarded of_boxed(const Word* /*object*/, Word first) noexcept {
    return {!is_header(first), first};
  }
  [[gnu::always_inline]] static void keep_cons(Word* cell, Word pointer) noexcept {
    cell[0] = 0;
    cell[1] = pointer;
  }
  [[gnu::always_inline]] static void keep_boxed(Word* object, Word pointer) noexcept {
    object[0] = pointer;
  }
};

}  // namespace beam
