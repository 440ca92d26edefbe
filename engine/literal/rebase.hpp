// Moving a run of words: every pointer into the old place is made to point into the new one.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

// What a match state matches, and the address of its bytes unless they are off the heap.
inline void rebase_match_state(Word* state, AddressRange from, Word delta) noexcept {
  if (!from.contains(state[kMatchStateOrig])) return;
  state[kMatchStateOrig] += delta;
  if (from.contains(state[kMatchStateBase])) state[kMatchStateBase] += delta;
}

// Only the heap of a process may have match states.
enum class MatchStates { kNone, kPossible };

// Adds `delta` bytes to every pointer into `from` among the `count` words at `words`, which hold
// whole objects. Raw data behind headers is not looked at.
template <MatchStates States = MatchStates::kNone>
inline void rebase_words(Word* words, std::size_t count, AddressRange from, Word delta) noexcept {
  Word* const end = words + count;
  for (Word* at = words; at < end;) {
    const Word word = *at;
    switch (word & kPrimaryMask) {
      case kPrimaryList:
      case kPrimaryBoxed:
        if (from.contains(word)) *at = word + delta;
        ++at;
        break;
      case kPrimaryHeader:
        if constexpr (States == MatchStates::kPossible) {
          if (is_match_state_header(word)) rebase_match_state(at, from, delta);
        }
        at += is_tuple_header(word) ? 1 : thing_words(word);
        break;
      default:
        ++at;
    }
  }
}

// The same for an array of roots, where every word stands for itself: what looks like a header is a
// return address and has no data behind it.
inline void rebase_roots(Word* begin, const Word* end, AddressRange from, Word delta) noexcept {
  for (Word* slot = begin; slot < end; ++slot) {
    if (Term{*slot}.is_pointer() && from.contains(*slot)) *slot += delta;
  }
}

}  // namespace beam
