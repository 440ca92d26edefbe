// The walk: every slot of a run of whole objects, in the order of addresses.
//
//   tuple {A, B}       | header | A    | B    |               header passed over alone
//   cons [H | T]       | H      | T    |                      no header at all
//   float, binary, ... | header | raw ...     |               passed over whole
//   fun                | header | raw x 3     | creator | environment ...
//   flat map           | header | size | keys | values ...    header and size passed over
//   match state        | header | binary, raw ...  |          passed over whole, or handed over
//
// Invariant: the walk stands on a slot or on a header, never in raw data. The arity of each header
// is chosen so that what lies behind header and raw words are slots (header.hpp). Roots are no run
// of objects: each word of a stack or a dictionary stands for itself, and what looks like a header
// there is a return address.
#pragma once

#include <cstddef>

#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Words from a header to where the walk goes on.
[[nodiscard]] constexpr std::size_t words_to_next_slot(Word header) noexcept {
  return is_tuple_header(header) ? 1 : thing_words(header);
}

// One step of the walk, from the slot or header at `at`; returns where the next one begins. The
// visitor's `boxed(slot, word)` and `list(slot, word)` are given the slots that hold such pointers,
// and return where the walk goes on: mostly `slot + 1`. A visitor with `match_state(state)` is
// given match states, which hold a binary and the address of its bytes; others pass over them. Only
// the heap of a process has any.
template <class Visitor>
[[gnu::always_inline]] inline Word* visit_slot(Word* at, Visitor&& visitor) noexcept {
  const Word word = *at;
  switch (word & kPrimaryMask) {
    case kPrimaryBoxed:
      return visitor.boxed(at, word);
    case kPrimaryList:
      return visitor.list(at, word);
    case kPrimaryHeader:
      if constexpr (requires { visitor.match_state(at); }) {
        if (is_match_state_header(word)) visitor.match_state(at);
      }
      return at + words_to_next_slot(word);
    default:
      return at + 1;
  }
}

// Visits from `at` until it has passed `end()`, which is asked again after every step: what a
// visitor places behind the run is visited, too. Returns where it stopped.
template <class End, class Visitor>
[[gnu::always_inline]] inline Word* for_each_slot(Word* at, End end, Visitor&& visitor) noexcept {
  while (at < end()) at = visit_slot(at, visitor);
  return at;
}

// A visitor that does the same with both kinds of pointers: `visit(slot, word)`.
template <class Visit>
struct EachPointer {
  Visit visit;

  [[gnu::always_inline]] Word* boxed(Word* slot, Word word) noexcept {
    visit(slot, word);
    return slot + 1;
  }
  [[gnu::always_inline]] Word* list(Word* slot, Word word) noexcept { return boxed(slot, word); }
};
template <class Visit>
EachPointer(Visit) -> EachPointer<Visit>;

}  // namespace beam
