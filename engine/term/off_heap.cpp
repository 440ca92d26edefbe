#include "engine/term/off_heap.hpp"

#include "engine/term/refc_binary.hpp"

namespace beam {

void retain_off_heap_object(const Word* object) noexcept {
  if (header_subtag(object[0]) == Subtag::kProcBin) payload_of(object)->retain();
}

void release_off_heap_object(const Word* object) noexcept {
  if (header_subtag(object[0]) == Subtag::kProcBin) payload_of(object)->release();
}

void release_off_heap(const Word* list) noexcept {
  while (list != nullptr) {
    const Word* next = next_off_heap(list);
    release_off_heap_object(list);
    list = next;
  }
}

}  // namespace beam
