#include "engine/term/bits.hpp"

#include <algorithm>
#include <cstring>

namespace beam {

namespace {

// The second word of every binary: its size in bytes.
constexpr std::size_t kBinarySize = 1;
static_assert(kBinarySize == kProcBinSize && kBinarySize == kSubBinarySize);

Bits sub_binary_bits(const Word* object) noexcept {
  const Word packed = object[kSubBinaryBits];
  return {bytes_of_binary(Term{object[kSubBinaryOrig]}.pointer()) + object[kSubBinaryOffset],
          packed_bit_offset(packed), 8 * object[kBinarySize] + packed_bit_size(packed)};
}

int sign(int order) noexcept { return (order > 0) - (order < 0); }

}  // namespace

const std::uint8_t* bytes_of_binary(const Word* object) noexcept {
  if (header_subtag(object[0]) == Subtag::kHeapBinary) {
    return reinterpret_cast<const std::uint8_t*>(object + 2);
  }
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer kept in a heap object.
  return reinterpret_cast<const std::uint8_t*>(object[kProcBinBytes]);
}

std::uint8_t Bits::byte(std::size_t i) const noexcept {
  const std::size_t left = std::min<std::size_t>(8, size - 8 * i);
  unsigned value = static_cast<unsigned>(bytes[i]) << offset;
  if (offset + left > 8) value |= static_cast<unsigned>(bytes[i + 1]) >> (8 - offset);
  return static_cast<std::uint8_t>(value & (0xFF00U >> left));
}

bool is_sub_binary(Term term) noexcept {
  return term.is_boxed() && header_subtag(*term.pointer()) == Subtag::kSubBinary;
}

bool is_bitstring(Term term) noexcept {
  if (!term.is_boxed()) return false;
  const Subtag subtag = header_subtag(*term.pointer());
  return subtag == Subtag::kHeapBinary || subtag == Subtag::kProcBin ||
         subtag == Subtag::kSubBinary;
}

Bits bits_of(Term bitstring) noexcept {
  const Word* object = bitstring.pointer();
  if (header_subtag(object[0]) == Subtag::kSubBinary) return sub_binary_bits(object);
  return {bytes_of_binary(object), 0, 8 * object[kBinarySize]};
}

int compare_bits(const Bits& a, const Bits& b) noexcept {
  const std::size_t common = std::min(a.size, b.size);
  std::size_t at = 0;
  if (a.offset == 0 && b.offset == 0 && common >= 8) {
    const int order = std::memcmp(a.bytes, b.bytes, common / 8);
    if (order != 0) return sign(order);
    at = common / 8;
  }
  for (; 8 * at < common; ++at) {
    const auto used = static_cast<unsigned>(std::min<std::size_t>(8, common - 8 * at));
    const int order = (a.byte(at) >> (8 - used)) - (b.byte(at) >> (8 - used));
    if (order != 0) return sign(order);
  }
  return (a.size > b.size) - (a.size < b.size);
}

}  // namespace beam
