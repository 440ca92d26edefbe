#include "engine/gc/young_block.hpp"

#include <cstring>

#include "engine/gc/roots.hpp"
#include "engine/literal/rebase.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

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

// The young heap moved from `from` to where process.young is now.
void rebase_young(Process& process, AddressRange from) noexcept {
  const Word delta = reinterpret_cast<Word>(process.young.begin) - from.base;
  if (delta == 0) return;
  rebase_words<MatchStates::kPossible>(process.young.begin, from.bytes / kWordBytes, from, delta);
  for_each_root_array(process, [from, delta](Word* begin, const Word* end) {
    rebase_roots(begin, end, from, delta);
  });
  rebase_off_heap(process, from, delta);
}

}  // namespace

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
  const auto mature = static_cast<std::size_t>(process.high_water - process.young.begin);
  std::memcpy(to.begin, process.young.begin, used * kWordBytes);
  exchange_young_block(process, to, to.begin + used);
  process.high_water = to.begin + mature;
  rebase_young(process, before);
}

Result<Unit> resize_young_block(Process& process, std::size_t words) noexcept {
  const AddressRange before = process.young_range();
  const std::size_t used = process.used_words();
  const auto mature = static_cast<std::size_t>(process.high_water - process.young.begin);
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
    return Error{"no memory for a resized heap", Error::kNowhere, words};
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

}  // namespace beam
