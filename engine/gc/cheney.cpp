#include "engine/gc/cheney.hpp"

#include "engine/term/bits.hpp"

namespace beam {

namespace {

// The binary that a sub-binary refers to, wherever it is now.
const Word* original_of(const Word* sub_binary) noexcept {
  const Word* original = Term{sub_binary[kSubBinaryOrig]}.pointer();
  const Term first{original[0]};
  return first.is_boxed() ? first.pointer() : original;
}

}  // namespace

std::size_t move_sub_binary(Word* to, const Word* object) noexcept {
  const std::size_t bytes = object[kSubBinarySize];
  const Word bits = object[kSubBinaryBits];
  const bool copied_out = packed_bit_size(bits) == 0 && packed_bit_offset(bits) == 0 &&
                          !packed_writable(bits) && bytes <= kMaxCopiedOutBytes;
  if (!copied_out) {
    std::memcpy(to, object, kSubBinaryWords * kWordBytes);
    return kSubBinaryWords;
  }
  const std::uint8_t* from = bytes_of_binary(original_of(object)) + object[kSubBinaryOffset];
  const std::size_t words = heap_binary_words(bytes);
  to[words - 1] = 0;  // the padding of the last word
  to[0] = heap_binary_header(bytes);
  to[1] = bytes;
  std::memcpy(to + 2, from, bytes);
  return words;
}

}  // namespace beam
