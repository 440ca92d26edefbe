#include "engine/gc/off_heap_sweep.hpp"

#include <cstdint>

#include "engine/gc/forwarding.hpp"
#include "engine/heap/virtual_heap.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

// A list that is built in order.
class Chain {
 public:
  void append(Word* object) noexcept {
    object[kOffHeapNext] = 0;
    if (last_ == nullptr) {
      first_ = object;
    } else {
      last_[kOffHeapNext] = reinterpret_cast<Word>(object);
    }
    last_ = object;
  }
  // This chain, followed by `rest`.
  [[nodiscard]] Word* followed_by(Word* rest) noexcept {
    if (last_ == nullptr) return rest;
    last_[kOffHeapNext] = reinterpret_cast<Word>(rest);
    return first_;
  }

 private:
  Word* first_ = nullptr;
  Word* last_ = nullptr;
};

// What survives, by where it is now, and the virtual words of what moved there.
struct Survivors {
  Chain young;
  Chain old;
  std::uint64_t young_words = 0;
  std::uint64_t old_words = 0;

  void stay(Word* object) noexcept { old.append(object); }
  void add(Word* object, bool is_old) noexcept {
    (is_old ? old : young).append(object);
    (is_old ? old_words : young_words) += virtual_words(object);
  }
};

Survivors survivors_of(Word* list, AddressRange untouched, AddressRange old) noexcept {
  Survivors survivors;
  for (Word* object = list; object != nullptr;) {
    Word* const next = next_off_heap(object);
    const Forwarded known = ForwardingInPlace::of_boxed(object, object[0]);
    if (untouched.contains(reinterpret_cast<Word>(object))) {
      survivors.stay(object);
    } else if (known.moved) {
      survivors.add(Term{known.pointer}.pointer(), old.contains(known.pointer));
    } else {
      release_off_heap_object(object);
    }
    object = next;
  }
  return survivors;
}

void keep(Process& process, Survivors survivors) noexcept {
  VirtualHeap& heap = process.virtual_heap;
  heap.young = survivors.young_words;
  heap.young_limit =
      next_virtual_limit(heap.young, heap.young_limit, process.options.min_virtual_words);
  heap.old += survivors.old_words;
  process.off_heap = survivors.young.followed_by(survivors.old.followed_by(nullptr));
}

}  // namespace

void sweep_after_minor(Process& process, AddressRange untouched) noexcept {
  if (process.off_heap == nullptr) return;
  keep(process, survivors_of(process.off_heap, untouched, process.old_range()));
}

void sweep_after_major(Process& process) noexcept {
  if (process.off_heap == nullptr) return;
  // By what was young before: nothing is old any more.
  VirtualHeap& heap = process.virtual_heap;
  heap.old_limit =
      next_virtual_limit(heap.young, heap.old_limit, process.options.min_virtual_words);
  heap.old = 0;
  keep(process, survivors_of(process.off_heap, {}, {}));
}

void adopt_off_heap(Process& process, const Word* area_list, Word delta) noexcept {
  Chain adopted;
  for (const Word* object = area_list; object != nullptr; object = next_off_heap(object)) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the same object in the temporary copy.
    const auto* temporary = reinterpret_cast<const Word*>(reinterpret_cast<Word>(object) + delta);
    const Forwarded known = ForwardingInPlace::of_boxed(temporary, temporary[0]);
    if (!known.moved) continue;
    Word* const copy = Term{known.pointer}.pointer();
    retain_off_heap_object(copy);
    adopted.append(copy);
  }
  append_off_heap(process, adopted.followed_by(nullptr));
}

void append_off_heap(Process& process, Word* list) noexcept {
  if (list == nullptr) return;
  if (process.off_heap == nullptr) {
    process.off_heap = list;
    return;
  }
  Word* last = process.off_heap;
  while (next_off_heap(last) != nullptr) last = next_off_heap(last);
  last[kOffHeapNext] = reinterpret_cast<Word>(list);
}

}  // namespace beam
