#include "engine/term/copy_term.hpp"

#include <cstring>

#include "engine/term/bits.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

// What the three steps of a copy share.
struct Copy {
  AddressRange literals;
  const AddressRange* released;
  const Word* begin;
  Word*& top;
  Word*& off_heap;

  // Whether the slot is right as it is: no pointer, a shared literal, or a pointer at a copy.
  [[nodiscard]] bool stays(Term term) const noexcept {
    if (!term.is_pointer() || stays_uncopied(term, literals, released)) return true;
    return begin <= term.pointer() && term.pointer() < top;
  }
  [[nodiscard]] Term copy_list(Term list) const noexcept;
  [[nodiscard]] Term copy_boxed(Term boxed) const noexcept;
  [[nodiscard]] Term copy_object(Term term) const noexcept {
    return term.is_list() ? copy_list(term) : copy_boxed(term);
  }
};

// The cells of the whole spine, one behind the other.
Term Copy::copy_list(Term list) const noexcept {
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

Term Copy::copy_boxed(Term boxed) const noexcept {
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

// `size` bytes from `bytes` on, which are of the payload that `original` counts.
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

}  // namespace

Term copy_sub_binary(const Word* object, Word*& top, Word*& off_heap) noexcept {
  const Word packed = object[kSubBinaryBits];
  const std::uint8_t* bytes = bits_of(make_boxed(object)).bytes;
  const std::size_t size = object[kSubBinarySize] + bytes_of_odd_bits(packed);
  const Word* original = Term{object[kSubBinaryOrig]}.pointer();
  const Word* whole = header_subtag(original[0]) == Subtag::kProcBin
                          ? place_counted_binary(original, bytes, size, top, off_heap)
                          : place_heap_binary(bytes, size, top);
  if (bytes_of_odd_bits(packed) == 0) return make_boxed(whole);
  Word* part = top;
  part[0] = kSubBinaryHeader;
  part[kSubBinarySize] = object[kSubBinarySize];
  part[kSubBinaryOffset] = 0;
  part[kSubBinaryBits] = pack_bits(packed_bit_size(packed), packed_bit_offset(packed), false);
  part[kSubBinaryOrig] = make_boxed(whole).word;
  top += kSubBinaryWords;
  return make_boxed(part);
}

Term copy_term(Term term, AddressRange literals, const AddressRange* released, Word*& top,
               Word*& off_heap) noexcept {
  Word* scan = top;
  const Copy copy{literals, released, scan, top, off_heap};
  if (copy.stays(term)) return term;
  const Term copied = copy.copy_object(term);
  while (scan < top) {
    const Term word{*scan};
    if (is_header(word.word)) {
      scan += is_tuple_header(word.word) ? 1 : thing_words(word.word);
    } else {
      if (!copy.stays(word)) *scan = copy.copy_object(word).word;
      ++scan;
    }
  }
  return copied;
}

}  // namespace beam
