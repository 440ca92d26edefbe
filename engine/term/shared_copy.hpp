// Copies that keep sharing and share nothing with the original, as made by persistent_term:put/2.
//
// A heap object is copied once, however often it is referred to. A literal is copied flat, once for
// each reference (engine/term/copy_term.hpp): for `{L, L}` the runtime copies a list on a heap once
// and a literal list twice. `{}` is not copied. Source: OTP 25, copy_shared_calculate and
// copy_shared_perform with copied literals, erts/emulator/beam/copy.c.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

class SharedCopy {
 public:
  // Visits everything that `term` reaches. Error: no memory. The term has no match state.
  [[nodiscard]] static Result<SharedCopy> prepare(Term term, AddressRange literals);

  // Words that place() takes; the largest std::size_t, which never fits, on overflow.
  [[nodiscard]] std::size_t words() const noexcept { return words_; }

  // Copies to `top`, which has room for words() words, and advances `top`. Objects that own
  // off-heap data take one more reference and go to the front of `off_heap`. Call it only once.
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
