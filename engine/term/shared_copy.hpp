// Copies of terms that keep their sharing and leave nothing behind: what putting a persistent term
// does.
//
// An object of a heap is copied once, however often it is referred to. A literal is copied once for
// each reference, and flat inside (engine/term/copy_term.hpp): of `{L, L}` the runtime copies a
// list of a heap once and a literal list twice. `{}` stays what it is. Source: OTP 25,
// copy_shared_calculate and copy_shared_perform with copied literals, erts/emulator/beam/copy.c.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

class SharedCopy {
 public:
  // Looks at everything that `term` reaches. Error: no memory. The term has no match state.
  [[nodiscard]] static Result<SharedCopy> prepare(Term term, AddressRange literals);

  // Words that place() takes; the largest std::size_t, for which there never is room, if there are
  // more.
  [[nodiscard]] std::size_t words() const noexcept { return words_; }

  // The copy, at `top`, where there is room for words() words and which moves behind them. What
  // owns something off the heap takes one more reference and goes to the front of `off_heap`. Only
  // once.
  [[nodiscard]] Term place(Word*& top, Word*& off_heap) noexcept;

 private:
  SharedCopy(Term term, AddressRange literals) noexcept : term_(term), literals_(literals) {}

  [[nodiscard]] Result<Unit> count();
  [[nodiscard]] Result<Unit> count_literal(Term literal);
  [[nodiscard]] Term place_object(Term term, Word*& top, Word*& off_heap) noexcept;

  Term term_;
  AddressRange literals_;
  std::size_t words_ = 0;
  AddressTable copies_;  // of each object of a heap, once it is placed
};

}  // namespace beam
