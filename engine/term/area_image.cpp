#include "engine/term/area_image.hpp"

#include "engine/term/off_heap.hpp"

namespace beam {

AreaImage::~AreaImage() {
  release_off_heap(off_heap);
  if (payloads != nullptr) payloads->release();
}

void AreaImage::swap(AreaImage& other) noexcept {
  words.swap(other.words);
  literals.swap(other.literals);
  std::swap(static_words, other.static_words);
  std::swap(line_words, other.line_words);
  std::swap(dynamic_words, other.dynamic_words);
  std::swap(off_heap_bytes, other.off_heap_bytes);
  std::swap(off_heap, other.off_heap);
  std::swap(payloads, other.payloads);
}

}  // namespace beam
