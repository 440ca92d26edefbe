#include "engine/term/copy_term.hpp"

#include <cstring>

#include "engine/term/bits.hpp"
#include "engine/term/copy_loop.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

Word* place_heap_binary(const std::uint8_t* bytes, std::size_t size, Word*& top) noexcept {
  const std::size_t words = heap_binary_words(size);
  Word* object = top;
  object[words - 1] = 0;  // the padding of the last word
  object[0] = heap_binary_header(size);
  object[1] = size;
  std::memcpy(object + 2, bytes, size);
  top += words;
  return object;
}

// A new ProcBin for `size` bytes at `bytes`, inside the payload of `original`.
Word* place_counted_binary(const Word* original, const std::uint8_t* bytes, std::size_t size,
                           Word*& top, Word*& off_heap) noexcept {
  Word* object = top;
  object[0] = kProcBinHeader;
  object[kProcBinSize] = size;
  object[kProcBinPayload] = original[kProcBinPayload];
  object[kProcBinBytes] = reinterpret_cast<Word>(bytes);
  object[kProcBinFlags] = 0;
  top += kProcBinWords;
  retain_off_heap_object(object);
  link_off_heap(object, off_heap);
  return object;
}

Term copy_sub_binary(const Word* object, Word*& top, Word*& off_heap) noexcept {
  const Word packed = object[kSubBinaryBits];
  const std::uint8_t* bytes = bits_of(make_boxed(object)).bytes;
  const std::size_t odd_bytes = bytes_of_odd_bits(packed);
  const std::size_t size = object[kSubBinarySize] + odd_bytes;
  const Word* original = Term{object[kSubBinaryOrig]}.pointer();
  const Word* whole = header_subtag(original[0]) == Subtag::kProcBin
                          ? place_counted_binary(original, bytes, size, top, off_heap)
                          : place_heap_binary(bytes, size, top);
  if (odd_bytes == 0) return make_boxed(whole);
  Word* part = top;
  part[0] = kSubBinaryHeader;
  part[kSubBinarySize] = object[kSubBinarySize];
  part[kSubBinaryOffset] = 0;
  part[kSubBinaryBits] = pack_bits(packed_bit_size(packed), packed_bit_offset(packed), false);
  part[kSubBinaryOrig] = make_boxed(whole).word;
  top += kSubBinaryWords;
  return make_boxed(part);
}

Term copy_boxed(Term boxed, Word*& top, Word*& off_heap) noexcept {
  const Word* object = boxed.pointer();
  if (is_sub_binary(boxed)) return copy_sub_binary(object, top, off_heap);
  const std::size_t words = boxed_words(object);
  Word* copy = top;
  std::memcpy(copy, object, words * kWordBytes);
  top += words;
  if (header_subtag(copy[0]) == Subtag::kProcBin) copy[kProcBinFlags] = 0;
  if (on_off_heap_list(copy)) {
    retain_off_heap_object(copy);
    link_off_heap(copy, off_heap);
  }
  return make_boxed(copy);
}

// Copies the cells of the whole spine contiguously.
Term copy_list(Term list, AddressRange literals, const AddressRanges* released,
               Word*& top) noexcept {
  const Term copied = make_list(top);
  while (true) {
    const Word* cell = list.pointer();
    top[0] = cell[0];
    top[1] = cell[1];
    top += kConsWords;
    list = Term{cell[1]};
    if (!list.is_list() || stays_uncopied(list, literals, released)) return copied;
    top[-1] = make_list(top).word;
  }
}

}  // namespace

Term copy_object(Term pointer, Word*& top, Word*& off_heap) noexcept {
  if (pointer.is_boxed()) return copy_boxed(pointer, top, off_heap);
  Word* cell = top;
  cell[0] = pointer.pointer()[0];
  cell[1] = pointer.pointer()[1];
  top += kConsWords;
  return make_list(cell);
}

Term copy_term(Term term, AddressRange literals, const AddressRanges* released, Word*& top,
               Word*& off_heap) noexcept {
  return copy_reachable(
      term, top, [&](Term pointer) { return stays_uncopied(pointer, literals, released); },
      [&](Term pointer) {
        return pointer.is_list() ? copy_list(pointer, literals, released, top)
                                 : copy_boxed(pointer, top, off_heap);
      });
}

}  // namespace beam
