// The loop of copies that leave their originals as they are: breadth first, each copy scanned where
// it was placed.
//
//   begin            scan                  top
//   | slots point at  | slots point at      |
//   | copies, or stay | originals           |
//
// It is the collectors' loop (gc/cheney.hpp) without forwarding: originals belong to another
// process, or to an area that all share. Without forwarding an object is copied once for each
// reference, and a cell's spine may be copied ahead of the scan, which then knows by address that
// a slot points at a copy. Whoever wants each object once keeps a table of originals in `place`.
// The collectors know a copy by where its original lay and need no such test.
#pragma once

#include "engine/term/slots.hpp"

namespace beam {

// Copies `root` and all that it reaches to `top`, which moves. `stays(term)`: a pointer that needs
// no copy; `place(term)` copies the one object, or the spine, that a pointer points at to `top`,
// and returns the pointer at the copy. Room is the caller's to have.
template <class Stays, class Place>
[[nodiscard]] Term copy_reachable(Term root, Word*& top, Stays stays, Place place) noexcept {
  Word* const begin = top;
  const auto is_done = [&](Term term) {
    return (begin <= term.pointer() && term.pointer() < top) || stays(term);
  };
  if (!root.is_pointer() || stays(root)) return root;
  const Term copied = place(root);
  for_each_slot(
      begin, [&top] { return top; }, EachPointer{[&](Word* slot, Word word) {
        if (!is_done(Term{word})) *slot = place(Term{word}).word;
      }});
  return copied;
}

}  // namespace beam
