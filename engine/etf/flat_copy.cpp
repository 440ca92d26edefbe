#include "engine/etf/flat_copy.hpp"

#include <cstring>

#include "engine/base/mapped_array.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

// A slot still holds the original; the copy of what that points to is to replace it.
using Pending = MappedArray<Word*>;

// Copies the object itself and remembers the slots of the copy that hold pointers.
Result<Term> copy_object(Term original, ImageBuilder& to, Pending& pending) {
  const Word* source = original.pointer();
  const std::size_t words = object_words(original);
  Word* copy = to.allocate(words);
  if (copy == nullptr) return kAreaFull;
  std::memcpy(copy, source, words * kWordBytes);
  if (original.is_boxed() && on_off_heap_list(copy)) {
    retain_off_heap_object(copy);
    link_off_heap(copy, to.image().off_heap);
  }
  const std::span<const Word> children = children_of(original);
  // Last first, so that the first is copied next: a list's heads directly behind its cells.
  for (std::size_t i = children.size(); i-- > 0;) {
    Word* slot = copy + (children.data() - source) + i;
    if (Term{*slot}.is_pointer() && !pending.push_back(slot)) return kNoWorkMemory;
  }
  return original.is_list() ? make_list(copy) : make_boxed(copy);
}

}  // namespace

Result<Term> flat_copy(Term term, ImageBuilder& to) {
  Word root = term.word;
  Pending pending;
  if (term.is_pointer() && !pending.push_back(&root)) return kNoWorkMemory;
  while (!pending.empty()) {
    Word* slot = pending.back();
    pending.pop_back();
    if (is_empty_tuple(Term{*slot})) continue;
    const Result<Term> copied = copy_object(Term{*slot}, to, pending);
    if (!copied) return copied;
    *slot = copied.value().word;
  }
  return Term{root};
}

}  // namespace beam
