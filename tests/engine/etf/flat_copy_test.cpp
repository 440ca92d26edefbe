// Copies of terms inside of an image.
#include "engine/etf/flat_copy.hpp"
#include "engine/term/empty_tuple.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

}  // namespace

TEST_CASE("a copy equals its original and takes as many words") {
  std::vector<std::pair<Bytes, Bytes>> pairs;
  for (std::uint8_t i = 0; i < 40; ++i) {
    pairs.emplace_back(etf::small(i), etf::list({etf::small(i)}, etf::atom("tail")));
  }
  Decoding decoding;
  const Term original = must(decoding.decode(etf::tuple(
      {etf::map(pairs), etf::map({{etf::small(1), etf::tuple({})}}), etf::big(true, Bytes(9, 1)),
       etf::float_number(1.0), etf::binary({1, 2, 3}), etf::bits({1, 2}, 3),
       etf::external_fun("m", "f", etf::small(1)), etf::map({})})));
  const std::size_t words = decoding.builder.words();
  const Term copy = must(flat_copy(original, decoding.builder));
  CHECK(decoding.builder.words() == 2 * words);
  CHECK(must(equal_graphs(copy, original)));
  CHECK(decoding.builder.bounds().max_words == 2 * words);
}

TEST_CASE("a copy of a binary outside of the area shares its payload") {
  Decoding decoding;
  const Term original = must(decoding.decode(etf::binary(zeros(100))));
  const Term copy = must(flat_copy(original, decoding.builder));
  CHECK(payload_of(copy.pointer()) == payload_of(original.pointer()));
  CHECK(payload_of(copy.pointer())->references == 2);
  CHECK(decoding.builder.image().off_heap == copy.pointer());
  CHECK(next_off_heap(copy.pointer()) == original.pointer());
  CHECK(decoding.builder.image().off_heap_bytes == 100);
}

TEST_CASE("immediates and the empty tuple are copied without words") {
  Decoding decoding;
  CHECK(must(flat_copy(make_small(1), decoding.builder)) == make_small(1));
  CHECK(must(flat_copy(unplaced_empty_tuple(), decoding.builder)) == unplaced_empty_tuple());
  CHECK(decoding.builder.words() == 0);
}

TEST_CASE("a term a million levels deep is copied") {
  constexpr std::size_t kLevels = 1000000;
  Decoding decoding;
  const Term original = must(decoding.decode(join({repeat({104, 1}, kLevels), etf::nil()})));
  REQUIRE(flat_copy(original, decoding.builder).ok());
  CHECK(decoding.builder.words() == 4 * kLevels);
}

TEST_CASE("a copy that does not fit is refused") {
  Decoding decoding({10, 100, 100});
  const Term original = must(decoding.decode(etf::tuple(std::vector<Bytes>(8, etf::nil()))));
  CHECK_FALSE(flat_copy(original, decoding.builder).ok());
}
