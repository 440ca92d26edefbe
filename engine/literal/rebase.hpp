// Moving a run of words: every pointer into the old place is made to point into the new one.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/slots.hpp"
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

template <MatchStates States>
struct RebaseVisitor {
  AddressRange from;
  Word delta;

  [[gnu::always_inline]] Word* boxed(Word* slot, Word word) const noexcept {
    if (from.contains(word)) *slot = word + delta;
    return slot + 1;
  }
  [[gnu::always_inline]] Word* list(Word* slot, Word word) const noexcept {
    return boxed(slot, word);
  }
  [[gnu::always_inline]] void match_state(Word* state) const noexcept
      requires(States == MatchStates::kPossible) {
    rebase_match_state(state, from, delta);
  }
};

// Adds `delta` bytes to every pointer into `from` among the `count` words at `words`, which hold
// whole objects.
template <MatchStates States = MatchStates::kNone>
inline void rebase_words(Word* words, std::size_t count, AddressRange from, Word delta) noexcept {
  for_each_slot(
      words, [end = words + count] { return end; }, RebaseVisitor<States>{from, delta});
}

// The same for an array of roots, where every word stands for itself: what looks like a header is a
// return address and has no data behind it.
inline void rebase_roots(Word* begin, const Word* end, AddressRange from, Word delta) noexcept {
  for (Word* slot = begin; slot < end; ++slot) {
    if (Term{*slot}.is_pointer() && from.contains(*slot)) *slot += delta;
  }
}

}  // namespace beam
