#include "engine/etf/flat_copy.hpp"

#include "engine/term/copy_term.hpp"

namespace beam {

Result<Term> flat_copy(Term term, ImageBuilder& to) {
  Word* top = to.allocate(copied_words(term, {}, nullptr));
  if (top == nullptr) return kAreaFull;
  return copy_term(term, {}, nullptr, top, to.image().off_heap);
}

}  // namespace beam
