// Unpacking: what comes out, and what is refused before memory is taken.
#include "engine/etf/inflate.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kPlenty = std::size_t{1} << 24;

Bytes pattern(std::size_t size) {
  Bytes bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(i * i >> 3));
  return bytes;
}

Bytes bytes_of(const Unpacked& unpacked) { return {unpacked.begin(), unpacked.end()}; }

}  // namespace

TEST_CASE("unpacking gives back what was packed") {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 1000000U}) {
    INFO(size);
    const Bytes bytes = pattern(size);
    const Bytes zlib = zlib_packed(bytes);
    const Bytes gzip = gzip_packed(bytes);
    ByteReader zlib_in(zlib);
    ByteReader gzip_in(gzip);
    CHECK(bytes_of(must(unpack(zlib_in, Packing::kZlib, kPlenty))) == bytes);
    CHECK(bytes_of(must(unpack(gzip_in, Packing::kGzip, size))) == bytes);
    CHECK(zlib_in.remaining() == 0);
  }
}

TEST_CASE("what is behind the packed data is left") {
  const Bytes packed = join({zlib_packed(pattern(100)), zeros(7)});
  ByteReader in(packed);
  REQUIRE(unpack(in, Packing::kZlib, kPlenty).ok());
  CHECK(in.remaining() == 7);
}

TEST_CASE("data that unpack to one byte more than allowed are refused") {
  const Bytes packed = zlib_packed(pattern(70000));
  ByteReader in(packed);
  const auto unpacked = unpack(in, Packing::kZlib, 69999);
  REQUIRE_FALSE(unpacked.ok());
  CHECK(unpacked.error().value == 69999);
}

TEST_CASE("truncated packed data are refused") {
  const Bytes packed = zlib_packed(pattern(1000));
  for (std::size_t size = 0; size < packed.size(); ++size) {
    INFO(size);
    ByteReader in(std::span<const std::uint8_t>(packed).first(size));
    CHECK_FALSE(unpack(in, Packing::kZlib, kPlenty).ok());
  }
}

TEST_CASE("packed data with a wrong check sum are refused") {
  Bytes packed = zlib_packed(pattern(1000));
  packed.back() ^= 1;
  ByteReader in(packed, 50);
  const auto unpacked = unpack(in, Packing::kZlib, kPlenty);
  REQUIRE_FALSE(unpacked.ok());
  CHECK(unpacked.error().offset >= 50);
}

TEST_CASE("a claim must be what the data unpack to") {
  const Bytes packed = zlib_packed(pattern(1000));
  for (const std::size_t claimed : {999U, 1001U}) {
    ByteReader in(packed);
    const auto unpacked = unpack_claimed(in, claimed, kPlenty);
    REQUIRE_FALSE(unpacked.ok());
    CHECK(unpacked.error().value == claimed);
  }
  ByteReader in(packed);
  CHECK(must(unpack_claimed(in, 1000, 1000)).size() == 1000);
}

TEST_CASE("a claim over the limit or out of deflate's reach is refused at its offset") {
  const Bytes packed = zlib_packed(pattern(100));
  ByteReader over(packed, 7);
  CHECK(unpack_claimed(over, 101, 100).error().offset == 7);
  ByteReader impossible(packed, 7);
  const std::size_t claimed = (packed.size() + 1) * 1032;
  CHECK(unpack_claimed(impossible, claimed, kPlenty).error().value == claimed);
  CHECK(impossible.remaining() == packed.size());
}

TEST_CASE("the most that deflate can pack is within its reach") {
  const Bytes packed = zlib_packed(zeros(kPlenty));
  CHECK(deflate_reaches(kPlenty, packed.size()));
  ByteReader in(packed);
  CHECK(must(unpack_claimed(in, kPlenty, kPlenty)).size() == kPlenty);
}
