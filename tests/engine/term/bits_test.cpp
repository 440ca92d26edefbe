#include <cstddef>

#include "engine/term/bits.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

TEST_CASE("a bitstring gives its bytes wherever its bits lie") {
  TermBuilder b;
  const TermBuilder::Bytes bytes{0x12, 0x34, 0xE0};
  for (std::size_t offset = 0; offset < 20; ++offset) {
    const beam::Bits bits = beam::bits_of(b.bits(bytes, 19, offset));
    CHECK(bits.size == 19);
    CHECK(bits.whole_bytes() == 2);
    CHECK(bits.odd_bits() == 3);
    CHECK(bits.byte(0) == 0x12);
    CHECK(bits.byte(1) == 0x34);
    CHECK(bits.byte(2) == 0xE0);
  }
}

TEST_CASE("bits behind the end of a bitstring read as zero") {
  TermBuilder b;
  CHECK(beam::bits_of(b.bits({0xFF}, 5, 3)).byte(0) == 0xF8);
}

TEST_CASE("binaries of all three kinds are bitstrings, nothing else is") {
  TermBuilder b;
  const auto heap = b.binary("abc");
  CHECK(beam::is_bitstring(heap));
  CHECK(beam::is_bitstring(b.counted_binary({1, 2})));
  CHECK(beam::is_bitstring(b.sub_binary(heap, 0, 8)));
  CHECK_FALSE(beam::is_bitstring(b.real(1.0)));
  CHECK_FALSE(beam::is_bitstring(b.integer(1)));
  CHECK_FALSE(beam::is_bitstring(beam::kNil));
  CHECK(beam::is_sub_binary(b.sub_binary(heap, 0, 8)));
  CHECK_FALSE(beam::is_sub_binary(heap));
}

TEST_CASE("bits are read from counted binaries") {
  TermBuilder b;
  const auto counted = b.counted_binary({0xAB, 0xCD});
  CHECK(beam::bits_of(counted).byte(1) == 0xCD);
  CHECK(beam::bits_of(b.sub_binary(counted, 4, 8)).byte(0) == 0xBC);
}
