#include "engine/etf/leaf.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

#include "engine/etf/identifier_leaf.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

// Functions have at most 255 arguments (MAX_ARG).
constexpr std::int64_t kMaxArity = 255;
constexpr std::size_t kFloatTextBytes = 31;

Error truncated(const ByteReader& in) { return in.truncated("a term is truncated"); }

// `built`; an error without an offset gets this one.
Result<Term> placed(Result<Term> built, std::uint64_t offset) {
  if (built || built.error().offset != Error::kNowhere) return built;
  return built.error().at(offset);
}

Result<Term> decode_small_integer(ByteReader& in) {
  const std::uint8_t* byte = in.take(1);
  if (byte == nullptr) return truncated(in);
  return make_small(*byte);
}

Result<Term> decode_integer(ByteReader& in) {
  const std::uint8_t* bytes = in.take(4);
  if (bytes == nullptr) return truncated(in);
  return make_small(static_cast<std::int32_t>(big_endian_32(bytes)));
}

// A sign, then `count` bytes of magnitude, least significant first.
Result<Term> decode_big(std::size_t count, ByteReader& in, ImageBuilder& to) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* sign = in.take(1);
  const std::uint8_t* magnitude = in.take(count);
  if (sign == nullptr || magnitude == nullptr) return truncated(in);
  return placed(to.integer(*sign != 0, {magnitude, count}), offset);
}

Result<Term> decode_new_float(ByteReader& in, ImageBuilder& to) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* bytes = in.take(8);
  if (bytes == nullptr) return truncated(in);
  const auto value = std::bit_cast<double>(big_endian_64(bytes));
  if (!std::isfinite(value))
    return Error{"a float is not finite", offset, {big_endian_64(bytes), "its bits are {}"}};
  return to.float_number(value);
}

std::size_t count_digits(std::string_view text) noexcept {
  const auto digit = [](char c) { return '0' <= c && c <= '9'; };
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), digit) - text.begin());
}

// Whether `text` is [+-]digits(.|,)digits, optionally with (e|E)[+-]digits: what the runtime
// accepts.
bool is_float_text(std::string_view text) noexcept {
  const auto skip_sign = [&] {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  };
  const auto skip_digits = [&] {
    const std::size_t digits = count_digits(text);
    text.remove_prefix(digits);
    return digits > 0;
  };
  skip_sign();
  if (!skip_digits() || text.empty() || (text[0] != '.' && text[0] != ',')) return false;
  text.remove_prefix(1);
  if (!skip_digits()) return false;
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  skip_sign();
  return skip_digits() && text.empty();
}

// The old form: decimal text, padded with zero bytes.
Result<Term> decode_float_text(ByteReader& in, ImageBuilder& to) {
  const Error damaged = in.error("a float's text is not a float");
  const std::uint8_t* bytes = in.take(kFloatTextBytes);
  if (bytes == nullptr) return truncated(in);
  char text[kFloatTextBytes];
  std::memcpy(text, bytes, kFloatTextBytes);
  const char* end = std::find(std::begin(text), std::end(text), '\0');
  const std::string_view number(text, static_cast<std::size_t>(end - text));
  if (end == std::end(text) || !is_float_text(number)) return damaged;
  std::replace(std::begin(text), std::end(text), ',', '.');
  const char* begin = text[0] == '+' ? text + 1 : text;
  double value = 0;
  const auto parsed = std::from_chars(begin, end, value);
  if (parsed.ec == std::errc::result_out_of_range) {
    // Underflow is 0, overflow is an error; the sign of the exponent tells which.
    if (number.find_first_of("eE") == std::string_view::npos ||
        number.find('-', 1) == std::string_view::npos)
      return damaged;
    value = text[0] == '-' ? -0.0 : 0.0;
  } else if (parsed.ec != std::errc{} || parsed.ptr != end) {
    return damaged;
  }
  return to.float_number(value);
}

enum class Encoding { kLatin1, kUtf8 };

Result<Term> decode_atom(std::size_t size_bytes, Encoding encoding, ByteReader& in,
                         ImageBuilder& to) {
  const std::uint8_t* size = in.take(size_bytes);
  if (size == nullptr) return truncated(in);
  const std::size_t bytes = size_bytes == 1 ? *size : big_endian_16(size);
  const std::uint64_t offset = in.offset();
  const std::uint8_t* name = in.take(bytes);
  if (name == nullptr) return truncated(in);
  const std::string_view text(reinterpret_cast<const char*>(name), bytes);
  return placed(encoding == Encoding::kUtf8 ? to.atoms().intern(text)
                                            : to.atoms().intern_latin1(text),
                offset);
}

Result<Term> decode_string(ByteReader& in, ImageBuilder& to) {
  const std::uint8_t* size = in.take(2);
  if (size == nullptr) return truncated(in);
  const std::uint8_t* bytes = in.take(big_endian_16(size));
  if (bytes == nullptr) return truncated(in);
  return to.string({bytes, big_endian_16(size)});
}

Result<Term> decode_binary(ByteReader& in, ImageBuilder& to) {
  const std::uint8_t* size = in.take(4);
  if (size == nullptr) return truncated(in);
  const std::uint64_t offset = in.offset();
  const std::uint8_t* bytes = in.take(big_endian_32(size));
  if (bytes == nullptr) return truncated(in);
  return placed(to.binary({bytes, big_endian_32(size)}), offset);
}

// With 8 bits in the last byte it is a plain binary. Only an empty one may have 0, and it must.
Result<Term> decode_bit_binary(ByteReader& in, ImageBuilder& to) {
  const std::uint8_t* head = in.take(5);
  if (head == nullptr) return truncated(in);
  const std::size_t size = big_endian_32(head);
  const unsigned last_bits = head[4];
  const std::uint64_t offset = in.offset();
  if (last_bits > 8 || (last_bits == 0) != (size == 0)) {
    return Error{"a bit string has a wrong number of bits in its last byte",
                 offset - 1,
                 {last_bits, "{} bits in the last of {} bytes", size}};
  }
  const std::uint8_t* bytes = in.take(size);
  if (bytes == nullptr) return truncated(in);
  const bool whole = last_bits == 8 || size == 0;
  return placed(whole ? to.binary({bytes, size}) : to.bit_string({bytes, size}, last_bits), offset);
}

bool is_atom_tag(EtfTag tag) noexcept {
  return tag == EtfTag::kAtom || tag == EtfTag::kSmallAtom || tag == EtfTag::kAtomUtf8 ||
         tag == EtfTag::kSmallAtomUtf8;
}

Result<Term> decode_plain(EtfTag tag, ByteReader& in, ImageBuilder& to);

Result<Term> decode_export(ByteReader& in, ImageBuilder& to) {
  constexpr const char* kWrongPart = "a part of an external fun has a wrong type";
  BEAM_TRY(const auto module, decode_atom_leaf(in, to, kWrongPart));
  BEAM_TRY(const auto function, decode_atom_leaf(in, to, kWrongPart));
  const std::uint64_t offset = in.offset();
  const auto arity = decode_integer_leaf(in, to, kWrongPart);
  if (!arity) return arity;
  const std::int64_t count = arity.value().small();
  if (count < 0 || count > kMaxArity) {
    return Error{"an external fun has an impossible arity",
                 offset,
                 {static_cast<std::uint64_t>(count), "{}, and {} is the most", kMaxArity}};
  }
  return to.external_fun(module, function, static_cast<std::size_t>(count));
}

// Atoms and integers of at most 32 bits.
Result<Term> decode_plain(EtfTag tag, ByteReader& in, ImageBuilder& to) {
  switch (tag) {
    case EtfTag::kSmallInteger:
      return decode_small_integer(in);
    case EtfTag::kInteger:
      return decode_integer(in);
    case EtfTag::kAtom:
      return decode_atom(2, Encoding::kLatin1, in, to);
    case EtfTag::kSmallAtom:
      return decode_atom(1, Encoding::kLatin1, in, to);
    case EtfTag::kAtomUtf8:
      return decode_atom(2, Encoding::kUtf8, in, to);
    default:
      return decode_atom(1, Encoding::kUtf8, in, to);
  }
}

Result<Term> decode_small_big(ByteReader& in, ImageBuilder& to) {
  const std::uint8_t* size = in.take(1);
  return size == nullptr ? Result<Term>(truncated(in)) : decode_big(*size, in, to);
}

Result<Term> decode_large_big(ByteReader& in, ImageBuilder& to) {
  const std::uint8_t* size = in.take(4);
  return size == nullptr ? Result<Term>(truncated(in)) : decode_big(big_endian_32(size), in, to);
}

}  // namespace

Result<Term> decode_atom_leaf(ByteReader& in, ImageBuilder& to, const char* otherwise) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* byte = in.take(1);
  if (byte == nullptr) return truncated(in);
  const auto tag = static_cast<EtfTag>(*byte);
  if (!is_atom_tag(tag)) return Error{otherwise, offset, {*byte, "tag {}"}};
  return decode_plain(tag, in, to);
}

Result<Term> decode_integer_leaf(ByteReader& in, ImageBuilder& to, const char* otherwise) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* byte = in.take(1);
  if (byte == nullptr) return truncated(in);
  const auto tag = static_cast<EtfTag>(*byte);
  if (tag != EtfTag::kSmallInteger && tag != EtfTag::kInteger) {
    return Error{otherwise, offset, {*byte, "tag {}"}};
  }
  return decode_plain(tag, in, to);
}

std::optional<Result<Term>> decode_leaf(EtfTag tag, ByteReader& in, ImageBuilder& to) {
  switch (tag) {
    case EtfTag::kSmallInteger:
    case EtfTag::kInteger:
    case EtfTag::kAtom:
    case EtfTag::kSmallAtom:
    case EtfTag::kAtomUtf8:
    case EtfTag::kSmallAtomUtf8:
      return decode_plain(tag, in, to);
    case EtfTag::kNewFloat:
      return decode_new_float(in, to);
    case EtfTag::kFloat:
      return decode_float_text(in, to);
    case EtfTag::kSmallBig:
      return decode_small_big(in, to);
    case EtfTag::kLargeBig:
      return decode_large_big(in, to);
    case EtfTag::kEmptyList:
      return Result<Term>(kNil);
    case EtfTag::kString:
      return decode_string(in, to);
    case EtfTag::kBinary:
      return decode_binary(in, to);
    case EtfTag::kBitBinary:
      return decode_bit_binary(in, to);
    case EtfTag::kExport:
      return decode_export(in, to);
    default:
      return decode_identifier(tag, in, to);
  }
}

}  // namespace beam
