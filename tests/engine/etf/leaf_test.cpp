// Terms of the external format that hold no others: values, words, refusals.
#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

Bytes tagged(EtfTag tag, const std::vector<Bytes>& parts) {
  return join({u8(static_cast<std::uint8_t>(tag)), join(parts)});
}

Bytes float_text(std::string_view number) {
  return tagged(EtfTag::kFloat, {text(number), zeros(31 - number.size())});
}

double float_value(const Bytes& term) {
  Decoding decoding;
  const Term decoded = must(decoding.decode(term));
  return std::bit_cast<double>(decoded.pointer()[1]);
}

// 2^bits, least significant byte first.
Bytes power_of_two(unsigned bits) {
  Bytes magnitude(bits / 8 + 1, 0);
  magnitude.back() = static_cast<std::uint8_t>(1U << bits % 8);
  return magnitude;
}

}  // namespace

TEST_CASE("small and 32-bit integers are immediates") {
  Decoding decoding;
  CHECK(must(decoding.decode(etf::small(255))) == make_small(255));
  CHECK(must(decoding.decode(etf::integer(-1))) == make_small(-1));
  CHECK(must(decoding.decode(etf::integer(INT32_MIN))) == make_small(INT32_MIN));
  CHECK(decoding.builder.words() == 0);
}

TEST_CASE("a big integer that fits a small becomes one") {
  Decoding decoding;
  CHECK(must(decoding.decode(etf::big(true, power_of_two(59)))) == make_small(kSmallMin));
  CHECK(must(decoding.decode(etf::big(false, join({u8(7), zeros(300)})))) == make_small(7));
  CHECK(must(decoding.decode(etf::big(true, {}))) == make_small(0));
  CHECK(decoding.builder.words() == 0);
}

TEST_CASE("a big integer takes a header and its digits without leading zeros") {
  CHECK(words_of(etf::big(false, power_of_two(59))) == 2);
  CHECK(words_of(etf::big(false, power_of_two(63))) == 2);
  CHECK(words_of(etf::big(true, power_of_two(64))) == 3);
  CHECK(words_of(etf::big(false, join({power_of_two(64), zeros(64)}))) == 3);
  CHECK(words_of(etf::big(true, power_of_two(8 * 1000))) == 1002 / 8 + 2);
}

TEST_CASE("a big integer keeps its value and its sign") {
  Decoding decoding;
  CHECK(decoding.text_of(etf::big(false, power_of_two(64))) == "18446744073709551616");
  CHECK(decoding.text_of(etf::big(true, power_of_two(59))) == "-576460752303423488");
  CHECK(decoding.text_of(etf::big(true, power_of_two(60))) == "-1152921504606846976");
}

TEST_CASE("an integer over the runtime's limit is refused") {
  const std::size_t most = kMaxBigDigits * kWordBytes;
  CHECK(words_of(etf::big(false, Bytes(most, 0xFF))) == 1 + kMaxBigDigits);
  CHECK(error_of(etf::big(false, join({u8(1), zeros(most)}))).value == most + 1);
}

TEST_CASE("a float takes two words, whichever form it has") {
  CHECK(words_of(etf::float_number(1.5)) == 2);
  CHECK(words_of(float_text("1.50000000000000000000e+00")) == 2);
  CHECK(float_value(etf::float_number(-0.0)) == 0.0);
  CHECK(std::signbit(float_value(etf::float_number(-0.0))));
}

TEST_CASE("a float's text is read as the runtime reads it") {
  CHECK(float_value(float_text("1.5")) == 1.5);
  CHECK(float_value(float_text("-1,5e-3")) == -1.5e-3);
  CHECK(float_value(float_text("+2.0E2")) == 200.0);
  CHECK(float_value(float_text("1.0e-400")) == 0.0);
  CHECK(std::signbit(float_value(float_text("-1.0e-400"))));
}

TEST_CASE("a float that is none is refused with its offset") {
  for (const auto* number : {"", "1", "1.", ".5", " 1.0", "1.0e", "1.0x", "1.0e400", "-1.0e400"}) {
    INFO(number);
    CHECK(error_of(float_text(number)).offset == 2);
  }
  CHECK(error_of(tagged(EtfTag::kFloat, {text("1.0000000000000000000000000000")})).offset == 2);
  CHECK(error_of(tagged(EtfTag::kFloat, {Bytes(31, '1')})).offset == 2);
}

TEST_CASE("a float that is not finite is refused") {
  const double infinity = std::numeric_limits<double>::infinity();
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  CHECK(error_of(etf::float_number(infinity)).value == 0x7FF0000000000000);
  CHECK(error_of(etf::float_number(-infinity)).offset == 2);
  CHECK(error_of(etf::float_number(not_a_number)).offset == 2);
}

TEST_CASE("atoms of every form with the same name are the same atom") {
  Decoding decoding;
  const Bytes latin1 = {0xE9, 'a'};
  const Bytes utf8 = text("\u00e9a");
  const Term atom = must(decoding.decode(tagged(EtfTag::kAtom, {u16(2), latin1})));
  CHECK(must(decoding.decode(tagged(EtfTag::kSmallAtom, {u8(2), latin1}))) == atom);
  CHECK(must(decoding.decode(tagged(EtfTag::kAtomUtf8, {u16(3), utf8}))) == atom);
  CHECK(must(decoding.decode(tagged(EtfTag::kSmallAtomUtf8, {u8(3), utf8}))) == atom);
  CHECK(decoding.atoms.name(atom) == "\u00e9a");
}

TEST_CASE("an atom that is too long or not UTF-8 is refused with its offset") {
  CHECK(error_of(tagged(EtfTag::kAtomUtf8, {u16(256), Bytes(256, 'a')})).offset == 4);
  CHECK(error_of(etf::atom("\xC3(")).offset == 3);
}

TEST_CASE("a string is a list of its bytes") {
  Decoding decoding;
  const Bytes string = tagged(EtfTag::kString, {u16(3), {1, 2, 255}});
  CHECK(decoding.text_of(string) == "[1,2,255]");
  CHECK(decoding.builder.words() == 6);
  CHECK(must(decoding.decode(tagged(EtfTag::kString, {u16(0)}))) == kNil);
}

TEST_CASE("a binary of up to 64 bytes is inside, a longer one outside of the area") {
  CHECK(words_of(etf::binary({})) == 2);
  CHECK(words_of(etf::binary(zeros(1))) == 3);
  CHECK(words_of(etf::binary(zeros(64))) == 10);
  CHECK(words_of(etf::binary(zeros(65))) == 6);
  CHECK(words_of(etf::binary(zeros(5000))) == 6);
}

TEST_CASE("the image owns the payloads of its binaries and knows their bytes") {
  Decoding decoding;
  REQUIRE(decoding.decode(etf::binary(Bytes(100, 1))).ok());
  REQUIRE(decoding.decode(etf::binary(Bytes(200, 2))).ok());
  const AreaImage image = decoding.builder.take();
  CHECK(image.off_heap_bytes == 300);
  std::size_t payloads = 0;
  for (const Word* object = image.off_heap; object != nullptr; object = next_off_heap(object)) {
    const RefcBinary* payload = payload_of(object);
    CHECK(payload->references == 1);
    CHECK(object[kProcBinBytes] == reinterpret_cast<Word>(payload->bytes()));
    CHECK(payload->bytes()[payload->size - 1] == (payload->size == 100 ? 1 : 2));
    ++payloads;
  }
  CHECK(payloads == 2);
}

TEST_CASE("a bit string is a binary and a sub-binary, unless it is whole") {
  CHECK(words_of(etf::bits(zeros(2), 3)) == 3 + 5);
  CHECK(words_of(etf::bits(zeros(65), 3)) == 6 + 5);
  CHECK(words_of(etf::bits(zeros(2), 8)) == 3);
  CHECK(words_of(etf::bits({}, 0)) == 2);
  Decoding decoding;
  CHECK(decoding.text_of(etf::bits({255, 0xE0}, 3)) == "<<255,7:3>>");
}

TEST_CASE("a bit string with a wrong number of bits in its last byte is refused") {
  CHECK(error_of(etf::bits({}, 8)).value == 8);
  CHECK(error_of(etf::bits({}, 3)).offset == 6);
  CHECK(error_of(etf::bits({255}, 0)).value == 0);
  CHECK(error_of(etf::bits({255}, 9)).value == 9);
}

TEST_CASE("an external fun takes five words") {
  Decoding decoding;
  CHECK(decoding.text_of(etf::external_fun("lists", "map", etf::small(2))) == "fun lists:map/2");
  CHECK(decoding.text_of(etf::external_fun("m", "f", etf::integer(255))) == "fun m:f/255");
  CHECK(decoding.builder.words() == 10);
}

TEST_CASE("an external fun of wrong parts is refused with their offset") {
  CHECK(error_of(etf::external_fun("m", "f", etf::integer(256))).offset == 8);
  CHECK(error_of(etf::external_fun("m", "f", etf::integer(-1))).offset == 8);
  CHECK(error_of(etf::external_fun("m", "f", etf::atom("x"))).offset == 8);
  CHECK(error_of(tagged(EtfTag::kExport, {etf::nil(), etf::atom("f"), etf::small(1)})).offset == 2);
}

TEST_CASE("more bytes of binaries than allowed are refused") {
  Decoding decoding({1000, 4096, 1000});
  REQUIRE(decoding.decode(etf::binary(zeros(1000))).ok());
  const auto refused = decoding.decode(etf::binary(zeros(4000)));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().value == 4000);
}
