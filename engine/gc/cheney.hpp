// The copying loop. It exists once; collections are policies over it.
//
//   to-space    begin            scan                top              end
//               | black: points  | grey: points at   | free           |
//               | outside from-  | from-space still  |                |
//               | space          |                   |                |
//
// Invariant: every slot below `scan` points outside of from-space. A slot is visited once. An
// object that moved leaves its new address behind, where the forwarding keeps it.
//
// The policy answers two questions about a pointer word: does its object stay, and if not, at which
// top does it go. `Tops` is what the policy's tops live in; it stays in registers. A match state
// takes what it matches along when it moves, so the scan passes over it; a policy that scans a heap
// whose objects stay says so (kVisitsWhatStayed), and its scan visits match states, too.
//
// Every object's destination has room: the to-space was sized from the from-space before the loop.
#pragma once

#include <cstddef>
#include <cstring>

#include "engine/gc/forwarding.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/slots.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Copies `words` (at least 2) words, two at a time: objects are mostly too small for memcpy to pay.
[[gnu::always_inline]] inline void copy_words(Word* to, const Word* from,
                                              std::size_t words) noexcept {
  constexpr std::size_t kLarge = 32;
  if (words >= kLarge) [[unlikely]] {
    std::memcpy(to, from, words * kWordBytes);
    return;
  }
  std::size_t i = 0;
  for (; i + 2 <= words; i += 2) std::memcpy(to + i, from + i, 2 * kWordBytes);
  if (i < words) to[i] = from[i];
}

// A byte-aligned sub-binary without a writer is copied out when it has at most this many
// bytes (erts/emulator/beam/erl_gc.c, move_boxed).
inline constexpr std::size_t kMaxCopiedOutBytes = 24;

// Places the object that a sub-binary becomes when it moves, at `to`; returns its size in words.
// `original` is the binary that it refers to, wherever that is now.
[[nodiscard]] std::size_t move_sub_binary(Word* to, const Word* object,
                                          const Word* original) noexcept;

// Whether an object is a sub-binary or a match state: one test for both, on the way that tuples and
// everything else take.
[[gnu::always_inline]] inline bool moves_specially(Word header) noexcept {
  constexpr unsigned kTagMask = 0x3F;
  constexpr Word kSpecial =
      Word{1} << (kSubBinaryHeader & kTagMask) | Word{1} << (match_state_header(0) & kTagMask);
  return (kSpecial >> (header & kTagMask) & 1) != 0;
}

// Words of the boxed object behind `header`, which is not a sub-binary.
[[gnu::always_inline]] inline std::size_t moving_words(const Word* object, Word header) noexcept {
  if (is_tuple_header(header)) [[likely]]
    return 1 + header_arity(header);
  if (header == kFlatMapHeader) return flat_map_words(object[kFlatMapSize]);
  if (header_subtag(header) == Subtag::kMap || header == kFunHeader) return boxed_words(object);
  return 1 + header_arity(header);
}

template <class Policy, class Forwarding = ForwardingInPlace>
class Cheney {
 public:
  using Tops = typename Policy::Tops;

  explicit Cheney(const Policy& policy, Forwarding forwarding = {}) noexcept
      : policy_(policy), forwarding_(forwarding) {}

  // Makes `*slot` point at the object's new place, moving the object if it has not moved yet.
  [[gnu::always_inline]] void evacuate(Word* slot, Tops& tops) const noexcept {
    const Word word = *slot;
    if ((word & kPrimaryMask) == kPrimaryBoxed) {
      if (!policy_.stays(word)) evacuate_boxed(slot, word, tops);
    } else if ((word & kPrimaryMask) == kPrimaryList) {
      if (!policy_.stays(word)) evacuate_cons(slot, word, tops);
    }
  }

  // Visits whole objects from `scan` on until it meets the top that `end_of` selects, which moves.
  // Returns where it stopped.
  template <class EndOf>
  Word* scan(Word* scan, Tops& shared_tops, EndOf end_of) const noexcept {
    Tops tops = shared_tops;
    const Visitor visitor{*this, tops};
    const Word* const begin = scan;
    while (scan < end_of(tops)) {
      const Word* const top = end_of(tops);
      if (top - scan > kMuchGrey && top - begin > kBeyondCache) {
        for (const Word* const stop = top - kAhead; scan < stop;) {
          prefetch_object(scan[kAhead]);
          scan = visit_slot(scan, visitor);
        }
      } else {
        for (const Word* const stop = scan + kMuchGrey; scan < end_of(tops) && scan < stop;) {
          scan = visit_slot(scan, visitor);
        }
      }
    }
    shared_tops = tops;
    return scan;
  }

 private:
  // With more grey words than this, the objects they point at were not read lately.
  static constexpr std::ptrdiff_t kMuchGrey = 1024;
  // With more words copied than this, they are in no cache near the processor either (4 MiB).
  static constexpr std::ptrdiff_t kBeyondCache = std::ptrdiff_t{1} << 19;
  // The slot this far ahead is known already: its object can be on its way while others are
  // visited.
  static constexpr std::ptrdiff_t kAhead = 32;

  // What the walk does with the slots between scan and top.
  struct Visitor {
    const Cheney& loop;
    Tops& tops;

    [[gnu::always_inline]] Word* boxed(Word* slot, Word word) const noexcept {
      if (!loop.policy_.stays(word)) loop.evacuate_boxed(slot, word, tops);
      return slot + 1;
    }
    [[gnu::always_inline]] Word* list(Word* slot, Word word) const noexcept {
      return loop.evacuate_spine(slot, word, tops);
    }
    [[gnu::always_inline]] void match_state(Word* state) const noexcept requires requires {
      Policy::kVisitsWhatStayed;
    }
    { loop.visit_match_state(state, tops); }
  };

  [[gnu::always_inline]] static void prefetch_object(Word word) noexcept {
    if (Term{word}.is_pointer()) __builtin_prefetch(Term{word}.pointer());
  }

  // Places a cons that has not moved, and makes `*slot` point at it. Returns where it is now.
  [[gnu::always_inline]] Word* move_cons(Word* slot, Word* cell, Word head, Word tail,
                                         Word*& top) const noexcept {
    Word* const to = top;
    const Word moved = make_list(to).word;
    to[0] = head;
    to[1] = tail;
    top = to + kConsWords;
    *slot = moved;
    forwarding_.keep_cons(cell, moved);
    return to;
  }

  [[gnu::always_inline]] void evacuate_cons(Word* slot, Word word, Tops& tops) const noexcept {
    Word* const cell = Term{word}.pointer();
    const Word head = cell[0];
    const Word tail = cell[1];
    const Forwarded known = forwarding_.of_cons(cell, head, tail);
    if (known.moved) {
      *slot = known.pointer;
    } else {
      move_cons(slot, cell, head, tail, policy_.top(tops, word));
    }
  }

  // The list slot at `scan`, and as long as nothing else is grey, the cells behind it: a cell whose
  // head is immediate is visited by going on with its tail, which is still in a register. Returns
  // the next slot to visit.
  [[gnu::always_inline]] Word* evacuate_spine(Word* scan, Word word, Tops& tops) const noexcept {
    for (;;) {
      if ((word & kPrimaryMask) != kPrimaryList) return scan;
      if (policy_.stays(word)) return scan + 1;
      Word* const cell = Term{word}.pointer();
      const Word head = cell[0];
      const Word tail = cell[1];
      const Forwarded known = forwarding_.of_cons(cell, head, tail);
      if (known.moved) {
        *scan = known.pointer;
        return scan + 1;
      }
      const Word* const to = move_cons(scan, cell, head, tail, policy_.top(tops, word));
      if (to != scan + 1 || !Term{head}.is_immediate()) return scan + 1;
      scan += 2;
      word = tail;
    }
  }

  [[gnu::always_inline]] void evacuate_boxed(Word* slot, Word word, Tops& tops) const noexcept {
    Word* const object = Term{word}.pointer();
    const Word header = object[0];
    const Forwarded known = forwarding_.of_boxed(object, header);
    if (known.moved) {
      *slot = known.pointer;
      return;
    }
    Word*& top = policy_.top(tops, word);
    const Word moved = make_boxed(top).word;
    if (moves_specially(header)) [[unlikely]] {
      if (header == kSubBinaryHeader) {
        top += move_sub_binary(top, object, original_of(object));
      } else {
        move_match_state(object, header, top, tops);
      }
    } else {
      const std::size_t words = moving_words(object, header);
      copy_words(top, object, words);
      top += words;
    }
    *slot = moved;
    forwarding_.keep_boxed(object, moved);
  }

  // The binary that a sub-binary refers to, wherever it is now.
  [[nodiscard]] const Word* original_of(const Word* sub_binary) const noexcept {
    const Word* const original = Term{sub_binary[kSubBinaryOrig]}.pointer();
    const Forwarded known = forwarding_.of_boxed(original, original[0]);
    return known.moved ? Term{known.pointer}.pointer() : original;
  }

  // What a match state matches moves along, directly behind it unless it moved before; so a match
  // state that moved is black.
  [[gnu::always_inline]] void move_match_state(const Word* object, Word header, Word*& top,
                                               Tops& tops) const noexcept {
    Word* const state = top;
    const std::size_t words = 1 + header_arity(header);
    copy_words(state, object, words);
    top += words;
    visit_match_state(state, tops);
  }

  // The binary behind a match state, which is no sub-binary and so refers to nothing, and the
  // address of its bytes. The tops are handed over by value, so that those of the loop stay in
  // registers.
  [[gnu::always_inline]] void visit_match_state(Word* state, Tops& tops) const noexcept {
    tops = evacuate_matched(state, tops, policy_, forwarding_);
  }
  [[gnu::noinline]] static Tops evacuate_matched(Word* state, Tops tops, const Policy& policy,
                                                 const Forwarding& forwarding) noexcept {
    const Word word = state[kMatchStateOrig];
    if (!policy.stays(word)) {
      Word* const binary = Term{word}.pointer();
      Forwarded known = forwarding.of_boxed(binary, binary[0]);
      if (!known.moved) {
        Word*& top = policy.top(tops, word);
        const std::size_t words = 1 + header_arity(binary[0]);
        copy_words(top, binary, words);
        known.pointer = make_boxed(top).word;
        forwarding.keep_boxed(binary, known.pointer);
        top += words;
      }
      state[kMatchStateOrig] = known.pointer;
    }
    const Word* matched = Term{state[kMatchStateOrig]}.pointer();
    state[kMatchStateBase] = reinterpret_cast<Word>(bytes_of_binary(matched));
    return tops;
  }

  Policy policy_;
  [[no_unique_address]] Forwarding forwarding_;
};

}  // namespace beam
