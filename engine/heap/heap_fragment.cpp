#include "engine/heap/heap_fragment.hpp"

#include <new>

#include "engine/heap/block_sizes.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

HeapFragment* make_fragment(BlockResource& blocks, std::size_t words) noexcept {
  if (words > kMaxBlockWords) return nullptr;
  const Block block = blocks.allocate(kFragmentHeaderWords + words);
  if (!block) return nullptr;
  return new (block.begin) HeapFragment{.used_words = words, .block = block};
}

void release_fragments(BlockResource& blocks, HeapFragment* first) noexcept {
  while (first != nullptr) {
    HeapFragment* const next = first->next;
    release_off_heap(first->off_heap);
    blocks.release(first->block);
    first = next;
  }
}

std::size_t words_of(const HeapFragment* first) noexcept {
  std::size_t words = 0;
  for (; first != nullptr; first = first->next) words += first->used_words;
  return words;
}

}  // namespace beam
