#include "engine/beam_file/compact_term.hpp"

#include "engine/term/term.hpp"

namespace beam {

namespace {

constexpr std::uint8_t kLong = 0x08;      // not in the first byte's four bits
constexpr std::uint8_t kVeryLong = 0x10;  // not in 11 bits
constexpr std::size_t kCounted = 7;       // the byte count is itself a compact term
constexpr std::size_t kLeastCount = 2;
constexpr std::size_t kLeastCounted = 9;

Error truncated(const ByteReader& in) { return in.truncated("an operand is truncated"); }

// The byte count of the form 1111 1ttt. A count that needs a count of its own is at least 9 bytes
// long, so it exceeds any input.
Result<std::size_t> read_byte_count(ByteReader& in) {
  const Error damaged = in.error("an operand's size is damaged");
  const std::uint8_t* code = in.take(1);
  if (code == nullptr) return truncated(in);
  if ((*code & 7) != static_cast<std::uint8_t>(CompactTag::kUnsigned)) return damaged;
  if ((*code & kLong) == 0) return kLeastCounted + (*code >> 4);
  if ((*code & kVeryLong) == 0) {
    const std::uint8_t* low = in.take(1);
    if (low == nullptr) return truncated(in);
    return kLeastCounted + ((std::size_t{*code} >> 5) << 8 | *low);
  }
  const std::size_t bytes = (*code >> 5) + kLeastCount;
  const std::uint8_t* digits = bytes > 4 ? nullptr : in.take(bytes);
  if (digits == nullptr) return damaged;
  std::size_t count = 0;
  for (std::size_t i = 0; i < bytes; ++i) count = (count << 8) | digits[i];
  return kLeastCounted + count;
}

// Two's complement, most significant byte first; at most 8 bytes.
std::int64_t signed_value(std::span<const std::uint8_t> digits) noexcept {
  const bool negative = (digits[0] & 0x80) != 0;
  std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
  for (const std::uint8_t digit : digits) value = (value << 8) | digit;
  return static_cast<std::int64_t>(value);
}

std::int64_t unsigned_value(std::span<const std::uint8_t> digits) noexcept {
  std::uint64_t value = 0;
  for (const std::uint8_t digit : digits) value = (value << 8) | digit;
  return static_cast<std::int64_t>(value);
}

CompactTerm from_digits(CompactTag tag, std::span<const std::uint8_t> digits) noexcept {
  if (digits.size() <= kWordBytes) {
    const bool integer = tag == CompactTag::kInteger;
    const std::int64_t value = integer ? signed_value(digits) : unsigned_value(digits);
    if (integer ? fits_small(value) : value >= 0) return {tag, value, {}};
  }
  return {tag, 0, digits};
}

}  // namespace

Result<CompactTerm> read_compact(ByteReader& in) {
  const std::uint8_t* code = in.take(1);
  if (code == nullptr) return truncated(in);
  const auto tag = static_cast<CompactTag>(*code & 7);
  if ((*code & kLong) == 0) return CompactTerm{tag, *code >> 4, {}};
  if ((*code & kVeryLong) == 0) {
    const std::uint8_t* low = in.take(1);
    if (low == nullptr) return truncated(in);
    return CompactTerm{tag, (std::int64_t{*code} >> 5) << 8 | *low, {}};
  }
  std::size_t count = (*code >> 5) + kLeastCount;
  if (*code >> 5 == kCounted) {
    BEAM_TRY(const auto counted, read_byte_count(in));
    count = counted;
  }
  const std::uint8_t* digits = in.take(count);
  if (digits == nullptr) return truncated(in);
  return from_digits(tag, {digits, count});
}

Result<std::uint64_t> read_compact_value(ByteReader& in, CompactTag tag, const char* otherwise) {
  const Error damaged = in.error(otherwise);
  BEAM_TRY(const auto term, read_compact(in));
  if (term.tag != tag || !term.digits.empty()) return damaged;
  return static_cast<std::uint64_t>(term.value);
}

}  // namespace beam
