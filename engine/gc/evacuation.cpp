#include "engine/gc/evacuation.hpp"

#include <cstring>
#include <utility>

#include "engine/gc/off_heap_sweep.hpp"
#include "engine/heap/virtual_heap.hpp"
#include "engine/literal/rebase.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

// Old heap and literals stay; what survived a collection already is tenured, the rest stays young.
struct MinorPolicy {
  struct Tops {
    Word* young;
    Word* old;
  };
  AddressRange literals;
  AddressRange old;
  AddressRange mature;

  [[gnu::always_inline]] bool stays(Word pointer) const noexcept {
    return literals.contains(pointer) || old.contains(pointer);
  }
  [[gnu::always_inline]] Word*& top(Tops& tops, Word pointer) const noexcept {
    return mature.contains(pointer) ? tops.old : tops.young;
  }
};

// Everything that is no literal moves to one place.
struct MajorPolicy {
  struct Tops {
    Word* top;
  };
  AddressRange literals;

  [[gnu::always_inline]] bool stays(Word pointer) const noexcept {
    return literals.contains(pointer);
  }
  [[gnu::always_inline]] Word*& top(Tops& tops, Word) const noexcept { return tops.top; }
};

Word* copy_all(Process& process, Block to) noexcept {
  const Cheney loop(MajorPolicy{process.literals});
  MajorPolicy::Tops tops{to.begin};
  evacuate_roots(process, tops, loop);
  loop.scan(to.begin, tops, [](const auto& t) { return t.top; });
  return tops.top;
}

void move_stack(Process& process, Word* new_end) noexcept {
  const std::size_t words = process.stack_words();
  std::memmove(new_end - words, process.stop, words * kWordBytes);
}

void rebase_off_heap(Process& process, AddressRange from, Word delta) noexcept {
  const auto first = reinterpret_cast<Word>(process.off_heap);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the same object at its new address.
  if (from.contains(first)) process.off_heap = reinterpret_cast<Word*>(first + delta);
  for (Word* object = process.off_heap; object != nullptr; object = next_off_heap(object)) {
    if (from.contains(object[kOffHeapNext])) object[kOffHeapNext] += delta;
  }
}

// What was at `from` is `delta` bytes away now: all that points there from the young heap, the
// roots and the off-heap list follows.
void rebase_from(Process& process, AddressRange from, Word delta) noexcept {
  rebase_words<MatchStates::kPossible>(process.young.begin, process.used_words(), from, delta);
  for_each_root_array(process, [from, delta](Word* begin, const Word* end) {
    rebase_roots(begin, end, from, delta);
  });
  rebase_off_heap(process, from, delta);
}

// The young heap moved from `from` to where process.young is now.
void rebase_young(Process& process, AddressRange from) noexcept {
  const Word delta = reinterpret_cast<Word>(process.young.begin) - from.base;
  if (delta != 0) rebase_from(process, from, delta);
}

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

// Whole collections -------------------------------------------------------------------------

void sweep_young_into(Process& process, Block to) noexcept {
  const MinorPolicy policy{
      process.literals,
      process.old_range(),
      {reinterpret_cast<Word>(process.young.begin), process.mature_words() * kWordBytes}};
  const AddressRange untouched = policy.old;
  Word* const tenured = process.old_htop;
  MinorPolicy::Tops tops{to.begin, tenured};
  const Cheney loop(policy);
  evacuate_roots(process, tops, loop);
  loop.scan(to.begin, tops, [](const auto& t) { return t.young; });
  // Mature objects were there before all others, so they reach no object that is not mature.
  loop.scan(tenured, tops, [](const auto& t) { return t.old; });
  process.old_htop = tops.old;
  sweep_after_minor(process, untouched);
  exchange_young_block(process, to, tops.young);
}

void sweep_all_into(Process& process, Block to) noexcept {
  Word* const top = copy_all(process, to);
  sweep_after_major(process);
  exchange_young_block(process, to, top);
  process.blocks->release(std::exchange(process.old, Block{}));
  process.old_htop = nullptr;
}

// The young block ---------------------------------------------------------------------------

void exchange_young_block(Process& process, Block to, Word* top) noexcept {
  const std::size_t stack = process.stack_words();
  move_stack(process, to.end());
  process.blocks->release(process.young);
  process.release_own_fragments();
  process.young = to;
  process.htop = top;
  process.high_water = top;
  process.stop = to.end() - stack;
}

void move_young_block(Process& process, Block to) noexcept {
  const AddressRange before = process.young_range();
  const std::size_t used = process.used_words();
  const std::size_t mature = process.mature_words();
  std::memcpy(to.begin, process.young.begin, used * kWordBytes);
  exchange_young_block(process, to, to.begin + used);
  process.high_water = to.begin + mature;
  rebase_young(process, before);
}

Result<Unit> resize_young_block(Process& process, std::size_t words) noexcept {
  const AddressRange before = process.young_range();
  const std::size_t used = process.used_words();
  const std::size_t mature = process.mature_words();
  const std::size_t stack = process.stack_words();
  const std::size_t old_words = process.young.words;
  const bool shrinks = words < old_words;
  if (shrinks) move_stack(process, process.young.begin + words);
  const Block resized = process.blocks->resize(process.young, words);
  if (!resized) {
    if (shrinks) {
      Word* const moved = process.young.begin + words - stack;
      std::memmove(process.stop, moved, stack * kWordBytes);
    }
    return Error{"no memory for a resized heap", Error::kNowhere, {words, "{} words"}};
  }
  process.young = resized;
  if (!shrinks) {
    std::memmove(resized.end() - stack, resized.begin + old_words - stack, stack * kWordBytes);
  }
  process.stop = resized.end() - stack;
  process.htop = resized.begin + used;
  process.high_water = resized.begin + mature;
  rebase_young(process, before);
  return Unit{};
}

// The old block -----------------------------------------------------------------------------

void shrink_old_block(Process& process) noexcept {
  const AddressRange before = process.old_range();
  const std::size_t used = process.old_used_words();
  if (used == 0) {
    process.blocks->release(std::exchange(process.old, Block{}));
    process.old_htop = nullptr;
    return;
  }
  const std::size_t words = process.options.rules->next(used);
  if (words >= process.old.words) return;
  const Block resized = process.blocks->resize(process.old, words);
  if (!resized) return;
  process.old = resized;
  process.old_htop = resized.begin + used;
  const Word delta = reinterpret_cast<Word>(resized.begin) - before.base;
  if (delta == 0) return;
  rebase_words<MatchStates::kPossible>(resized.begin, used, before, delta);
  rebase_from(process, before, delta);
}

// Queued messages ---------------------------------------------------------------------------

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
