// What a process's references reach in the areas of a batch, and where the copy of each object
// goes: forwarding that is kept beside the areas, because other processes still read them.
//
// First everything is marked, which gives the size; then it is copied. There are two ways to keep
// the marks. Little is kept by object, in the order in which it is found:
//
//   objects   | A | B | C | ...        table   address of A -> 0, of B -> words of A, ...
//
// When more is reached than 1 word in 64, it starts again with a bit for every word of the areas,
// and for every 64 of them how many are marked before:
//
//   bits      | 0 1 1 1 1 0 .. | 1 1 0 .. |        a marked word goes behind all that are
//   before    |       0        |    4     |        marked before it
//
// So small references cost the same in any area, and the worst case is a pass in the order of
// addresses. Invariant: what is marked is whole objects, and closed: their pointers into the areas
// lead to marked objects. Nothing recurses.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/literal/area_batch.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

class LiteralReach {
 public:
  // Forgets what was marked before. `areas` outlives what follows.
  void begin(const AreaBatch& areas) noexcept;

  // Marks what `pointer`, which points into the areas, reaches. Error: no memory; begin() is next.
  [[nodiscard]] Result<Unit> mark(Word pointer) noexcept;

  // Of all objects that are marked.
  [[nodiscard]] std::size_t words() const noexcept { return words_; }
  // Of the tables that this took.
  [[nodiscard]] std::size_t table_words() const noexcept;

  // Copies all that is marked to `to`, words() words, with its pointers among each other; takes a
  // reference of every payload, and links the copies that have one before those of `off_heap`.
  void copy_to(Word* to, Word*& off_heap) noexcept;
  // After copy_to(): the pointer at the copy of what `pointer` points at.
  [[nodiscard]] Word copy_of(Word pointer) noexcept;

 private:
  // Areas of so many words have bits from the start.
  static constexpr std::size_t kSmallAreas = 16384;
  // Of so many words of the areas one may be marked before there are bits.
  static constexpr std::size_t kSparse = 64;

  [[nodiscard]] Word placed(Word pointer) noexcept;

  // By object.
  [[nodiscard]] Result<Unit> mark_object(Term pointer) noexcept;
  [[nodiscard]] Result<Unit> mark_sparse(Term pointer) noexcept;
  void forget_found() noexcept;
  void copy_sparse(Word* to, Word*& off_heap) noexcept;

  // By bits.
  [[nodiscard]] Result<Unit> go_dense() noexcept;
  [[nodiscard]] Result<Unit> mark_dense(Term pointer) noexcept;
  [[nodiscard]] Result<Unit> mark_spine(const Word* cell) noexcept;
  [[nodiscard]] Result<Unit> mark_slots(Word* object) noexcept;
  // Marks the one object that a pointer points at. False: it is in no area, or marked.
  [[nodiscard]] bool claim(Word pointer) noexcept;
  [[nodiscard]] std::size_t bit_of(Word pointer) const noexcept;
  [[nodiscard]] bool is_set(std::size_t bit) const noexcept;
  void set(std::size_t bit, std::size_t count) noexcept;
  void copy_dense(Word* to, Word*& off_heap) noexcept;
  void adopt_dense(Word*& off_heap) noexcept;

  const AreaBatch* areas_ = nullptr;
  AddressRanges ranges_;
  std::size_t words_ = 0;
  Word* to_ = nullptr;
  bool dense_ = false;
  AddressTable places_;        // of copies, in words from the first
  MappedArray<Word> found_;    // objects in the order of their copies
  MappedArray<Word> bits_;     // each area begins with a word of its own
  MappedArray<Word> before_;   // marked words before each word of bits
  MappedArray<Term> pending_;  // marked, but not what they refer to
};

}  // namespace beam
