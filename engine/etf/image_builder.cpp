#include "engine/etf/image_builder.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/etf/flat_copy.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/map_builder.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

// The magnitude, if it has at most 8 bytes.
Word low_digit(std::span<const std::uint8_t> magnitude) noexcept {
  Word digit = 0;
  for (std::size_t i = magnitude.size(); i-- > 0;) digit = (digit << 8) | magnitude[i];
  return digit;
}

bool fits_small(bool negative, Word magnitude) noexcept {
  return magnitude <= static_cast<Word>(kSmallMax) + (negative ? 1 : 0);
}

std::span<const std::uint8_t>
without_leading_zeros(std::span<const std::uint8_t> magnitude) noexcept {
  std::size_t size = magnitude.size();
  while (size > 0 && magnitude[size - 1] == 0) --size;
  return magnitude.first(size);
}

}  // namespace

Result<ImageBuilder> ImageBuilder::create(AtomTable& atoms, const ImageLimits& limits) {
  ImageBuilder builder(atoms, limits);
  auto words = WordArena::reserve(limits.max_words);
  if (!words) return words.error();
  builder.image_.words = std::move(words).value();
  return builder;
}

Word* ImageBuilder::allocate(std::size_t words) noexcept {
  Word* at = image_.words.allocate(words);
  if (at != nullptr) {
    bounds_.min_words += words;
    bounds_.max_words += words;
  }
  return at;
}

void ImageBuilder::widen(std::size_t fewer, std::size_t more) noexcept {
  bounds_.min_words -= fewer;
  bounds_.max_words += more;
}

Result<Term> ImageBuilder::integer(bool negative, std::span<const std::uint8_t> magnitude) {
  if (magnitude.size() > kMaxBigDigits * kWordBytes) {
    return Error{"an integer is too large",
                 Error::kNowhere,
                 {magnitude.size(), "{} bytes, and {} are the most", kMaxBigDigits * kWordBytes}};
  }
  const auto bytes = without_leading_zeros(magnitude);
  if (bytes.size() <= kWordBytes && fits_small(negative, low_digit(bytes))) {
    const auto value = static_cast<std::int64_t>(low_digit(bytes));
    return make_small(negative ? -value : value);
  }
  const std::size_t digits = (bytes.size() + kWordBytes - 1) / kWordBytes;
  Word* big = allocate(big_words(digits));
  if (big == nullptr) return kAreaFull;
  big[0] = make_header(digits, negative ? Subtag::kNegativeBig : Subtag::kPositiveBig);
  for (std::size_t i = 0; i < digits; ++i) {
    const std::size_t from = i * kWordBytes;
    big[1 + i] = low_digit(bytes.subspan(from, std::min(kWordBytes, bytes.size() - from)));
  }
  return make_boxed(big);
}

Result<Term> ImageBuilder::float_number(double value) {
  return build(kFloatWords, [value](TermWriter& to) { return to.float_number(value); });
}

Result<Term> ImageBuilder::binary(std::span<const std::uint8_t> bytes) {
  return bytes.size() <= kMaxHeapBinaryBytes ? heap_binary(bytes) : counted_binary(bytes);
}

Result<Term> ImageBuilder::heap_binary(std::span<const std::uint8_t> bytes) {
  return build(heap_binary_words(bytes.size()),
               [bytes](TermWriter& to) { return to.heap_binary(bytes); });
}

Result<Term> ImageBuilder::counted_binary(std::span<const std::uint8_t> bytes) {
  if (image_.payloads == nullptr) {
    image_.payloads = PayloadArena::create(limits_.max_payload_bytes);
    if (image_.payloads == nullptr) return Error{"no address space for binaries"};
  }
  RefcBinary* payload = image_.payloads->make(bytes.size());
  if (payload == nullptr) {
    return Error{"the binaries take more bytes than allowed",
                 Error::kNowhere,
                 {bytes.size(), "with {} more, over {}", limits_.max_payload_bytes}};
  }
  const auto binary =
      build(kProcBinWords, [payload](TermWriter& to) { return to.counted_binary(payload); });
  if (!binary) {
    payload->release();
    return binary;
  }
  std::memcpy(payload->bytes(), bytes.data(), bytes.size());
  image_.off_heap_bytes += bytes.size();
  return binary;
}

Result<Term> ImageBuilder::bit_string(std::span<const std::uint8_t> bytes, unsigned last_bits) {
  const Result<Term> whole = binary(bytes);
  if (!whole) return whole;
  const BinaryPart part{.bytes = bytes.size() - 1, .bits = last_bits};
  return build(kSubBinaryWords, [&](TermWriter& to) { return to.sub_binary(whole.value(), part); });
}

Result<Term> ImageBuilder::string(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return kNil;
  Word* cells = allocate(kConsWords * bytes.size());
  if (cells == nullptr) return kAreaFull;
  Word* cell = cells;
  for (const std::uint8_t byte : bytes) {
    cell[0] = make_small(byte).word;
    cell[1] = make_list(cell + kConsWords).word;
    cell += kConsWords;
  }
  cell[-1] = kNil.word;
  return make_list(cells);
}

Result<Term> ImageBuilder::external_fun(Term module, Term function, std::size_t arity) {
  return build(kFunWords, [&](TermWriter& to) { return to.external_fun(module, function, arity); });
}

Result<Term> ImageBuilder::map(std::span<Term> pairs) {
  return build_map(pairs, image_.words, *atoms_, &bounds_);
}

Result<Term> ImageBuilder::copy(Term term) { return flat_copy(term, *this); }

AreaImage ImageBuilder::take() noexcept {
  bounds_ = {};
  return std::move(image_);
}

}  // namespace beam
