#include "engine/gc/cheney.hpp"

#include "engine/term/bits.hpp"

namespace beam {

std::size_t move_sub_binary(Word* to, const Word* object, const Word* original) noexcept {
  const std::size_t bytes = object[kSubBinarySize];
  const Word bits = object[kSubBinaryBits];
  const bool copied_out = packed_bit_size(bits) == 0 && packed_bit_offset(bits) == 0 &&
                          !packed_writable(bits) && bytes <= kMaxCopiedOutBytes;
  if (!copied_out) {
    std::memcpy(to, object, kSubBinaryWords * kWordBytes);
    return kSubBinaryWords;
  }
  const std::uint8_t* from = bytes_of_binary(original) + object[kSubBinaryOffset];
  const std::size_t words = heap_binary_words(bytes);
  to[words - 1] = 0;  // the padding of the last word
  to[0] = heap_binary_header(bytes);
  to[1] = bytes;
  std::memcpy(to + 2, from, bytes);
  return words;
}

}  // namespace beam
