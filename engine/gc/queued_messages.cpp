#include "engine/gc/queued_messages.hpp"

#include <cstring>
#include <utility>

#include "engine/heap/virtual_heap.hpp"
#include "engine/literal/rebase.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

// `object` of the fragment's own list, at its new place.
Word* moved(Word* object, const HeapFragment& fragment, Word* to) noexcept {
  return to + (object - fragment.words());
}

// The fragment's objects that own something join the process's list. The originals still link each
// other.
void hand_over_off_heap(Process& process, HeapFragment& fragment, Word* to) noexcept {
  Word* object = std::exchange(fragment.off_heap, nullptr);
  for (; object != nullptr; object = next_off_heap(object)) {
    process.own(moved(object, fragment, to));
  }
}

void move_to_heap(Process& process, Message& message) noexcept {
  Word* const begin = process.htop;
  for (const HeapFragment* from = message.attached; from != nullptr; from = from->next) {
    std::memcpy(process.htop, from->words(), from->used_words * kWordBytes);
    process.htop += from->used_words;
  }
  const auto words = static_cast<std::size_t>(process.htop - begin);
  Word* to = begin;
  for (HeapFragment* from = message.attached; from != nullptr; from = from->next) {
    const Word delta = reinterpret_cast<Word>(to) - from->range().base;
    rebase_words(begin, words, from->range(), delta);
    rebase_roots(&message.term.word, &message.term.word + 1, from->range(), delta);
    hand_over_off_heap(process, *from, to);
    to += from->used_words;
  }
  release_fragments(*process.blocks, std::exchange(message.attached, nullptr));
}

}  // namespace

void move_messages_to_heap(Process& process) noexcept {
  if (process.options.off_heap_messages) return;
  VirtualHeap& heap = process.virtual_heap;
  const std::uint64_t before = heap.young;
  for (Message* message = process.messages.first; message != nullptr; message = message->next) {
    if (message->attached != nullptr && !message->is_combined()) move_to_heap(process, *message);
  }
  if (heap.young == before) return;
  heap.young_limit =
      next_virtual_limit(heap.young, heap.young_limit, process.options.min_virtual_words);
}

}  // namespace beam
