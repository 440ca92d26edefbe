// The loop of copies that do not modify their originals: breadth first, each copy scanned in place.
//
//   begin            scan                  top
//   | slots point at  | slots point at      |
//   | copies, or stay | originals           |
//
// It is the collectors' loop (gc/cheney.hpp) without forwarding: originals belong to another
// process, or to a shared area. Without forwarding an object is copied once for each reference, and
// a cell's spine may be copied ahead of the scan, which then knows by address that a slot points at
// a copy. To copy each object once, `place` keeps a table of originals. The collectors recognise a
// copy by where its original lay and need no such test.
#pragma once

#include "engine/term/slots.hpp"

namespace beam {

// Copies `root` and all that it reaches to `top`, and advances `top`. `stays(term)`: whether a
// pointer needs no copy. `place(term)` copies the object, or the list spine, behind a pointer to
// `top`, and returns the pointer to the copy. The caller provides enough room.
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
