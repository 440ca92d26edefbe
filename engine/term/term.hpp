// The tagged word. Every word of a heap is a Term, a header, or raw data after a header.
//
//   bits 1..0  00 header (or a return address on a stack)   01 cons pointer
//              10 boxed pointer                              11 immediate
//   immediate, bits 3..0   0011 local pid   0111 local port   1111 small integer
//   immediate, bits 5..0   001011 atom      011011 catch      111011 nil
//
// Small integers hold 60 bits. The word 0 is the non-value: never a term; collectors mark a moved
// cons with it. Pointers to literals carry no tag of their own. Layouts and numbers are those of
// OTP 25 on 64 bit (erts/emulator/beam/erl_term.h).
#pragma once

#include <cstddef>
#include <cstdint>

namespace beam {

using Word = std::uint64_t;
inline constexpr std::size_t kWordBytes = sizeof(Word);

inline constexpr Word kPrimaryMask = 3;
inline constexpr Word kPrimaryHeader = 0;
inline constexpr Word kPrimaryList = 1;
inline constexpr Word kPrimaryBoxed = 2;
inline constexpr Word kPrimaryImmediate = 3;

inline constexpr Word kTagPid = 0x3;
inline constexpr Word kTagPort = 0x7;
inline constexpr Word kTagSmall = 0xF;
inline constexpr Word kTagAtom = 0x0B;
inline constexpr Word kTagCatch = 0x1B;
inline constexpr Word kTagNil = 0x3B;

inline constexpr std::int64_t kSmallMax = (std::int64_t{1} << 59) - 1;
inline constexpr std::int64_t kSmallMin = -(std::int64_t{1} << 59);

// A value. One word, compared by identity; see equality.hpp for structural comparison.
struct Term {
  Word word = 0;

  friend constexpr bool operator==(Term, Term) = default;

  [[nodiscard]] constexpr Word primary() const noexcept { return word & kPrimaryMask; }
  [[nodiscard]] constexpr bool is_value() const noexcept { return word != 0; }
  [[nodiscard]] constexpr bool is_list() const noexcept { return primary() == kPrimaryList; }
  [[nodiscard]] constexpr bool is_boxed() const noexcept { return primary() == kPrimaryBoxed; }
  [[nodiscard]] constexpr bool is_immediate() const noexcept {
    return primary() == kPrimaryImmediate;
  }
  // A cons or boxed pointer.
  [[nodiscard]] constexpr bool is_pointer() const noexcept { return is_list() || is_boxed(); }
  [[nodiscard]] constexpr bool is_small() const noexcept { return (word & 0xF) == kTagSmall; }
  [[nodiscard]] constexpr bool is_pid() const noexcept { return (word & 0xF) == kTagPid; }
  [[nodiscard]] constexpr bool is_port() const noexcept { return (word & 0xF) == kTagPort; }
  [[nodiscard]] constexpr bool is_atom() const noexcept { return (word & 0x3F) == kTagAtom; }
  [[nodiscard]] constexpr bool is_nil() const noexcept { return word == kTagNil; }

  // The integer of a small.
  [[nodiscard]] constexpr std::int64_t small() const noexcept {
    return static_cast<std::int64_t>(word) >> 4;
  }
  // The index of an atom in its AtomTable.
  [[nodiscard]] constexpr std::uint64_t atom_index() const noexcept { return word >> 6; }
  // The first word of the object behind a pointer.
  [[nodiscard]] Word* pointer() const noexcept {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a tagged word is a pointer by definition.
    return reinterpret_cast<Word*>(word & ~kPrimaryMask);
  }
};

inline constexpr Term kNil{kTagNil};
inline constexpr Term kNonValue{0};

[[nodiscard]] constexpr bool fits_small(std::int64_t n) noexcept {
  return kSmallMin <= n && n <= kSmallMax;
}
// `n` fits a small.
[[nodiscard]] constexpr Term make_small(std::int64_t n) noexcept {
  return Term{(static_cast<Word>(n) << 4) | kTagSmall};
}
[[nodiscard]] constexpr Term make_atom(std::uint64_t index) noexcept {
  return Term{(index << 6) | kTagAtom};
}
[[nodiscard]] constexpr Term make_pid(std::uint64_t number) noexcept {
  return Term{(number << 4) | kTagPid};
}
[[nodiscard]] constexpr Term make_port(std::uint64_t number) noexcept {
  return Term{(number << 4) | kTagPort};
}
[[nodiscard]] inline Term make_list(const Word* cell) noexcept {
  return Term{reinterpret_cast<Word>(cell) | kPrimaryList};
}
[[nodiscard]] inline Term make_boxed(const Word* object) noexcept {
  return Term{reinterpret_cast<Word>(object) | kPrimaryBoxed};
}

// The head and the tail of the cons that `list` points to.
[[nodiscard]] inline Term head_of(Term list) noexcept { return Term{list.pointer()[0]}; }
[[nodiscard]] inline Term tail_of(Term list) noexcept { return Term{list.pointer()[1]}; }

// A location that holds a term and that a collector may update. Two slots may hold the same term.
struct Slot {
  Word* address = nullptr;

  [[nodiscard]] Term load() const noexcept { return Term{*address}; }
  void store(Term term) const noexcept { *address = term.word; }
};

}  // namespace beam
