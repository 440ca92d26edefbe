// Off-heap lists: the objects of a heap or an area that own off-heap data, linked through their
// third word. A word of 0 ends the list.
#pragma once

#include <cstddef>

#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

[[nodiscard]] inline Word* next_off_heap(const Word* object) noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the link is a pointer kept in a heap object.
  return reinterpret_cast<Word*>(object[kOffHeapNext]);
}
inline void link_off_heap(Word* object, Word*& list) noexcept {
  object[kOffHeapNext] = reinterpret_cast<Word>(list);
  list = object;
}

// Adds a reference to what `object` owns.
void retain_off_heap_object(const Word* object) noexcept;
// Drops the reference that `object` owns.
void release_off_heap_object(const Word* object) noexcept;
// Drops what every object of the list owns. The objects themselves are not changed.
void release_off_heap(const Word* list) noexcept;

}  // namespace beam
