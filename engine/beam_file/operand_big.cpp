#include "engine/beam_file/operand_big.hpp"

#include "engine/etf/image_builder.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

constexpr Error kTooLong{"an integer operand is written with more bytes than it needs"};

// The magnitude's byte for `digit`, given the carry of the lower bytes; updates `carry`.
std::uint8_t absolute_byte(std::uint8_t digit, bool negative, unsigned& carry) noexcept {
  if (!negative) return digit;
  const unsigned byte = static_cast<std::uint8_t>(~digit) + carry;
  carry = byte >> 8;
  return static_cast<std::uint8_t>(byte);
}

}  // namespace

Result<Term> OperandBig::build(std::span<const std::uint8_t> digits) {
  const bool negative = (digits[0] & 0x80) != 0;
  const std::size_t most = (digits.size() + kWordBytes - 1) / kWordBytes;
  // A sign byte may make the number a word longer than its magnitude.
  if (most > kMaxBigDigits + 1) return kNonValue;
  if (!set_magnitude(digits, negative)) return Error{"no memory for an integer operand"};
  const std::size_t count = words_[most] == 0 ? most - 1 : most;
  if (count > kMaxBigDigits) return kNonValue;
  if (magnitude_byte(digits.size() - 1) == 0 && magnitude_byte(digits.size() - 2) == 0) {
    return kTooLong;
  }
  const Word least = static_cast<Word>(kSmallMax) + (negative ? 2 : 1);
  if (count == 1 && words_[1] < least) return kTooLong;
  words_[0] = make_header(count, negative ? Subtag::kNegativeBig : Subtag::kPositiveBig);
  return make_boxed(words_.data());
}

std::uint8_t OperandBig::magnitude_byte(std::size_t place) const noexcept {
  return static_cast<std::uint8_t>(words_[1 + place / kWordBytes] >> (8 * (place % kWordBytes)));
}

bool OperandBig::set_magnitude(std::span<const std::uint8_t> digits, bool negative) {
  const std::size_t words = 1 + (digits.size() + kWordBytes - 1) / kWordBytes;
  words_.clear();
  if (!words_.resize(words)) return false;
  for (std::size_t i = 1; i < words; ++i) words_[i] = 0;
  unsigned carry = 1;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const Word byte = absolute_byte(digits[digits.size() - 1 - i], negative, carry);
    words_[1 + i / kWordBytes] |= byte << (8 * (i % kWordBytes));
  }
  return true;
}

}  // namespace beam
