#include "engine/term/off_heap.hpp"

#include "engine/term/refc_binary.hpp"

namespace beam {

namespace {

// Funs and external identifiers are on the list, too, but their targets are not reference counted
// here.
bool owns_payload(const Word* object) noexcept {
  const Subtag subtag = header_subtag(object[0]);
  return subtag == Subtag::kProcBin || subtag == Subtag::kRef;
}

}  // namespace

void retain_off_heap_object(const Word* object) noexcept {
  if (owns_payload(object)) payload_of(object)->retain();
}

void release_off_heap_object(const Word* object) noexcept {
  if (owns_payload(object)) payload_of(object)->release();
}

void release_off_heap(const Word* list) noexcept {
  while (list != nullptr) {
    const Word* next = next_off_heap(list);
    release_off_heap_object(list);
    list = next;
  }
}

}  // namespace beam
