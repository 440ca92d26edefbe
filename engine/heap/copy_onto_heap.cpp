#include "engine/heap/copy_onto_heap.hpp"

#include "engine/heap/virtual_heap.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

Term copy_onto_heap(Process& process, Term term, const AddressRanges* released) noexcept {
  return copy_for_process(process, term, released, process.htop);
}

Term copy_for_process(Process& process, Term term, const AddressRanges* released,
                      Word*& top) noexcept {
  const Word* const known = process.off_heap;
  const Term copy = copy_term(term, process.literals, released, top, process.off_heap);
  process.virtual_heap.young += virtual_words(process.off_heap, known);
  return copy;
}

}  // namespace beam
