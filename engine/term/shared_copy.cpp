#include "engine/term/shared_copy.hpp"

#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/copy_loop.hpp"
#include "engine/term/copy_term.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_words.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

Result<SharedCopy> SharedCopy::prepare(Term term, AddressRange literals) {
  SharedCopy copy(term, literals);
  BEAM_CHECK(copy.count());
  return copy;
}

Result<Unit> SharedCopy::count_literal(Term literal) {
  BEAM_TRY(const auto words, flat_words(literal));
  words_ = add_saturating(words_, words);
  return Unit{};
}

Result<Unit> SharedCopy::count() {
  MappedArray<Term> pending;
  if (!pending.push_back(term_)) return kNoWorkMemory;
  while (!pending.empty()) {
    const Term term = pending.back();
    pending.pop_back();
    if (!term.is_pointer() || is_empty_tuple(term)) continue;
    if (literals_.contains(term.word)) {
      BEAM_CHECK(count_literal(term));
      continue;
    }
    const AddressTable::Place place = copies_.obtain(term.pointer());
    if (place.value == nullptr) return kNoWorkMemory;
    if (!place.is_new) continue;
    words_ = add_saturating(words_, copied_object_words(term));
    if (is_sub_binary(term)) continue;
    for (const Word child : children_of(term)) {
      if (Term{child}.is_pointer() && !pending.push_back(Term{child})) return kNoWorkMemory;
    }
  }
  return Unit{};
}

// `term` points to an original.
Term SharedCopy::place_object(Term term, Word*& top, Word*& off_heap) noexcept {
  if (literals_.contains(term.word)) return copy_term(term, {}, nullptr, top, off_heap);
  Word* known = copies_.find(term.pointer());
  if (*known == 0) *known = copy_object(term, top, off_heap).word;
  return Term{*known};
}

Term SharedCopy::place(Word*& top, Word*& off_heap) noexcept {
  return copy_reachable(
      term_, top, [](Term pointer) { return is_empty_tuple(pointer); },
      [&](Term pointer) { return place_object(pointer, top, off_heap); });
}

}  // namespace beam
