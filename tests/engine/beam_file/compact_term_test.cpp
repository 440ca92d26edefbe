// Compact terms: every form, both ends of its range, damage.
#include "engine/beam_file/compact_term.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

CompactTerm read(const Bytes& bytes) {
  ByteReader in(bytes);
  const CompactTerm term = must(read_compact(in));
  REQUIRE(in.remaining() == 0);
  return term;
}

Bytes digits_of(const Bytes& bytes) {
  const CompactTerm term = read(bytes);
  return {term.digits.begin(), term.digits.end()};
}

bool is_refused(const Bytes& bytes) {
  ByteReader in(bytes);
  return !read_compact(in).ok();
}

}  // namespace

TEST_CASE("a compact value comes back as it was written") {
  check_property([] {
    const auto bits = *rc::gen::inRange(0, 64);
    const auto value = *rc::gen::arbitrary<std::uint64_t>() & ((std::uint64_t{1} << bits) - 1);
    const auto tag =
        *rc::gen::element(CompactTag::kUnsigned, CompactTag::kAtom, CompactTag::kLabel);
    const Bytes bytes = operand::compact(tag, value);
    ByteReader in(bytes);
    const auto term = must(read_compact(in));
    RC_ASSERT(term.tag == tag);
    RC_ASSERT(term.value == static_cast<std::int64_t>(value));
    RC_ASSERT(in.remaining() == 0U);
  });
}

TEST_CASE("values change form at 16 and at 2048") {
  CHECK(operand::number(15).size() == 1);
  CHECK(read(operand::number(16)).value == 16);
  CHECK(read(operand::number(2047)).value == 2047);
  CHECK(operand::number(2047).size() == 2);
  CHECK(read(operand::number(2048)).value == 2048);
}

TEST_CASE("an integer of several bytes is in two's complement") {
  CHECK(read(operand::digits(CompactTag::kInteger, {0xFF, 0xFF})).value == -1);
  CHECK(read(operand::digits(CompactTag::kInteger, {0x80, 0x00, 0x00})).value == -0x800000);
  CHECK(read(operand::digits(CompactTag::kInteger, {0x00, 0x80, 0x00})).value == 0x8000);
}

TEST_CASE("an integer within the small range is a value, one outside of it is digits") {
  const Bytes largest = u64(static_cast<std::uint64_t>(kSmallMax));
  const Bytes least = u64(static_cast<std::uint64_t>(kSmallMin));
  const Bytes above = u64(static_cast<std::uint64_t>(kSmallMax) + 1);
  const Bytes below = u64(static_cast<std::uint64_t>(kSmallMin) - 1);
  CHECK(read(operand::digits(CompactTag::kInteger, largest)).value == kSmallMax);
  CHECK(read(operand::digits(CompactTag::kInteger, least)).value == kSmallMin);
  CHECK(digits_of(operand::digits(CompactTag::kInteger, above)) == above);
  CHECK(digits_of(operand::digits(CompactTag::kInteger, below)) == below);
}

TEST_CASE("a value over 63 bits is digits") {
  const Bytes bytes = u64(std::uint64_t{1} << 63);
  CHECK(digits_of(operand::digits(CompactTag::kUnsigned, bytes)) == bytes);
}

TEST_CASE("digits of any number of bytes are read") {
  for (const std::size_t size : {9U, 24U, 25U, 2056U, 2057U, 70000U}) {
    INFO(size);
    const Bytes bytes(size, 0x7F);
    CHECK(digits_of(operand::digits(CompactTag::kInteger, bytes)) == bytes);
  }
}

TEST_CASE("a truncated compact term is refused") {
  for (const Bytes& bytes : {operand::number(100), operand::number(100000),
                             operand::digits(CompactTag::kInteger, Bytes(40, 1)),
                             operand::digits(CompactTag::kInteger, Bytes(4000, 1))}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK(is_refused(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))));
    }
  }
}

TEST_CASE("a size of digits that is damaged is refused, however often it is nested") {
  CHECK(is_refused(join({u8(0xF9), operand::x(1), zeros(100)})));
  CHECK(is_refused(Bytes(1000000, 0xF8)));
  CHECK(is_refused(join({u8(0xF9), u8(0xD8), Bytes(8, 0xFF)})));
}

TEST_CASE("a compact value of another tag is refused at its place") {
  const Bytes bytes = operand::x(3);
  ByteReader in(bytes, 10);
  const auto value = read_compact_value(in, CompactTag::kUnsigned, "no number");
  REQUIRE_FALSE(value.ok());
  CHECK(value.error().offset == 10);
}
