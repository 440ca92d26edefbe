// The heap walk: visits every slot of a run of whole objects, in address order.
//
//   tuple {A, B}       | header | A    | B    |               header passed over alone
//   cons [H | T]       | H      | T    |                      no header at all
//   float, binary, ... | header | raw ...     |               passed over whole
//   fun                | header | raw x 3     | creator | environment ...
//   flat map           | header | size | keys | values ...    header and size passed over
//   match state        | header | binary, raw ...  |          passed over whole, or handed over
//
// Invariant: the walk stands on a slot or on a header, never in raw data. Header arities are chosen
// so that slots follow the header and raw words (header.hpp). Roots are not a run of objects: each
// word of a stack or a dictionary is separate, and what looks like a header there is a return
// address.
#pragma once

#include <cstddef>

#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Words from a header to where the walk continues.
[[nodiscard]] constexpr std::size_t words_to_next_slot(Word header) noexcept {
  return is_tuple_header(header) ? 1 : thing_words(header);
}

// One step of the walk, from the slot or header at `at`; returns where the next one begins. The
// visitor's `boxed(slot, word)` and `list(slot, word)` receive the slots that hold such pointers,
// and return where the walk continues: mostly `slot + 1`. A visitor with `match_state(state)`
// receives match states, which hold a binary and the address of its bytes; others skip them. Only
// process heaps have match states.
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

// Visits from `at` up to `end()`, which is evaluated after every step, so objects that the visitor
// appends are visited, too. Returns where it stopped.
template <class End, class Visitor>
[[gnu::always_inline]] inline Word* for_each_slot(Word* at, End end, Visitor&& visitor) noexcept {
  while (at < end()) at = visit_slot(at, visitor);
  return at;
}

// A visitor that treats both kinds of pointers alike: `visit(slot, word)`.
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
