#include "engine/gc/off_heap_sweep.hpp"

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

}  // namespace

void sweep_off_heap(Process& process, AddressRange untouched, AddressRange old) noexcept {
  Chain young_part;
  Chain old_part;
  for (Word* object = process.off_heap; object != nullptr;) {
    Word* const next = next_off_heap(object);
    const Term forwarded{object[0]};
    if (untouched.contains(reinterpret_cast<Word>(object))) {
      old_part.append(object);
    } else if (forwarded.is_boxed()) {
      Word* moved = forwarded.pointer();
      (old.contains(forwarded.word) ? old_part : young_part).append(moved);
    } else {
      release_off_heap_object(object);
    }
    object = next;
  }
  process.off_heap = young_part.followed_by(old_part.followed_by(nullptr));
}

void adopt_off_heap(Process& process, const Word* area_list, Word delta) noexcept {
  Chain adopted;
  for (const Word* object = area_list; object != nullptr; object = next_off_heap(object)) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the same object in the temporary copy.
    const auto* temporary = reinterpret_cast<const Word*>(reinterpret_cast<Word>(object) + delta);
    const Term forwarded{temporary[0]};
    if (!forwarded.is_boxed()) continue;
    retain_off_heap_object(forwarded.pointer());
    adopted.append(forwarded.pointer());
  }
  Word* const added = adopted.followed_by(nullptr);
  if (added == nullptr) return;
  if (process.off_heap == nullptr) {
    process.off_heap = added;
    return;
  }
  Word* last = process.off_heap;
  while (next_off_heap(last) != nullptr) last = next_off_heap(last);
  last[kOffHeapNext] = reinterpret_cast<Word>(added);
}

}  // namespace beam
