// Terms of the external format that hold others: shape, claims that cannot be, depth.
#include "engine/term/empty_tuple.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

Bytes tag(EtfTag value) { return u8(static_cast<std::uint8_t>(value)); }
Bytes one_element_list() { return join({tag(EtfTag::kList), u32(1)}); }

Bytes compressed(const Bytes& term, std::size_t claimed) {
  return join({tag(EtfTag::kCompressed), u32(claimed), zlib_packed(term)});
}
Bytes compressed(const Bytes& term) { return compressed(term, term.size()); }

}  // namespace

TEST_CASE("a tuple lies before its elements, in their order") {
  Decoding decoding;
  const Bytes pair = etf::tuple({etf::tuple({etf::small(1)}), etf::float_number(2.0)});
  const Term term = must(decoding.decode(pair));
  const Word* base = decoding.builder.image().words.base();
  CHECK(term == make_boxed(base));
  CHECK(base[1] == make_boxed(base + 3).word);
  CHECK(base[2] == make_boxed(base + 5).word);
  CHECK(decoding.builder.words() == 3 + 2 + 2);
}

TEST_CASE("the empty tuple takes no words") {
  Decoding decoding;
  CHECK(must(decoding.decode(etf::tuple({}))) == unplaced_empty_tuple());
  CHECK(must(decoding.decode(join({tag(EtfTag::kLargeTuple), u32(0)}))) == unplaced_empty_tuple());
  CHECK(decoding.builder.words() == 0);
}

TEST_CASE("a list's cells lie together before its elements") {
  Decoding decoding;
  const Bytes list = etf::list({etf::float_number(1.0), etf::small(2)}, etf::atom("end"));
  const Term term = must(decoding.decode(list));
  const Word* base = decoding.builder.image().words.base();
  CHECK(term == make_list(base));
  CHECK(base[0] == make_boxed(base + 4).word);
  CHECK(base[1] == make_list(base + 2).word);
  CHECK(decoding.print(term) == "[1.0,2|'end']");
}

TEST_CASE("a list of no elements is its tail") {
  Decoding decoding;
  CHECK(decoding.text_of(etf::list({}, etf::small(5))) == "5");
  CHECK(decoding.text_of(etf::tuple({etf::list({}, etf::nil()), etf::small(1)})) == "{[],1}");
  CHECK(decoding.text_of(etf::list({etf::small(1)}, etf::list({}, etf::nil()))) == "[1]");
}

TEST_CASE("a flat map sorts its keys") {
  Decoding decoding;
  const Bytes map = etf::map({{etf::atom("b"), etf::small(2)}, {etf::small(1), etf::atom("a")}});
  CHECK(decoding.text_of(map) == "#{1 => a,b => 2}");
  CHECK(decoding.builder.words() == 3 + 2 + 3);
}

TEST_CASE("the empty map takes three words") { CHECK(words_of(etf::map({})) == 3); }

TEST_CASE("maps in maps, as keys and as values, are decoded") {
  Decoding decoding;
  const Bytes inner = etf::map({{etf::small(1), etf::map({})}});
  const Bytes map = etf::map({{inner, inner}});
  CHECK(decoding.text_of(etf::tuple({map, etf::small(2)})) == "{#{#{1 => #{}} => #{1 => #{}}},2}");
}

TEST_CASE("a key that is there twice is refused with the map's offset") {
  const Bytes map = etf::map({{etf::small(1), etf::nil()}, {etf::integer(1), etf::nil()}});
  CHECK(error_of(etf::tuple({map})).offset == 3);
}

TEST_CASE("an unknown tag is refused with its offset") {
  const Error error = error_of(etf::tuple({etf::small(1), u8(82)}));
  CHECK(error.value == 82);
  CHECK(error.offset == 5);
}

TEST_CASE("another version of the format is refused") {
  Decoding decoding;
  const auto decoded = decoding.decode_versioned({130, 97, 1});
  REQUIRE_FALSE(decoded.ok());
  CHECK(decoded.error().value == 130);
}

TEST_CASE("no bytes are no term") {
  Decoding decoding;
  CHECK_FALSE(decoding.decode_versioned({}).ok());
  CHECK_FALSE(decoding.decode_versioned({131}).ok());
}

TEST_CASE("what follows a term is left to the caller") {
  Decoding decoding;
  REQUIRE(decoding.decode(join({etf::small(1), zeros(3)})).ok());
  CHECK(decoding.left == 3);
}

TEST_CASE("a count of more elements than there are bytes is refused before anything is allocated") {
  for (const auto kind : {EtfTag::kLargeTuple, EtfTag::kList, EtfTag::kMap}) {
    Decoding decoding;
    const auto decoded = decoding.decode(join({tag(kind), u32(0xFFFFFFFF), zeros(100)}));
    REQUIRE_FALSE(decoded.ok());
    CHECK(decoded.error().value == 0xFFFFFFFF);
    CHECK(decoding.builder.words() == 0);
  }
}

TEST_CASE("counts are refused when all containers together claim more than there is") {
  // Each tuple by itself fits into the bytes behind it; two of them do not.
  const Bytes outer = join({tag(EtfTag::kLargeTuple), u32(100)});
  const Bytes inner = join({tag(EtfTag::kLargeTuple), u32(80)});
  const Error error = error_of(join({outer, inner, repeat(etf::nil(), 100)}));
  CHECK(error.value == 80);
}

TEST_CASE("a tuple over the arity limit is refused") {
  const std::size_t arity = kMaxTupleArity + 1;
  const Bytes tuple = join({tag(EtfTag::kLargeTuple), u32(arity), repeat(etf::nil(), arity)});
  CHECK(error_of(tuple).value == arity);
}

TEST_CASE("more words than allowed are refused") {
  Decoding decoding({100, 100, 100});
  CHECK_FALSE(decoding.decode(etf::tuple(std::vector<Bytes>(100, etf::nil()))).ok());
  CHECK(decoding.decode(etf::tuple(std::vector<Bytes>(99, etf::nil()))).ok());
}

TEST_CASE("every truncation of a term is refused") {
  const Bytes term = etf::tuple(
      {etf::list({etf::atom("abc"), etf::big(true, zeros(9))}, etf::nil()), etf::float_number(1.0),
       etf::map({{etf::binary(zeros(70)), etf::bits({1, 2}, 3)}}),
       etf::external_fun("m", "f", etf::small(1))});
  Decoding decoding;
  const Bytes whole = etf::versioned(term);
  REQUIRE(decoding.decode_versioned(whole).ok());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(decoding
                    .decode_versioned(
                        Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
                    .ok());
  }
}

TEST_CASE("a term a million levels deep is decoded") {
  constexpr std::size_t kLevels = 1000000;
  const Bytes tuples = join({repeat({104, 1}, kLevels), etf::nil()});
  const Bytes lists = join({repeat(one_element_list(), kLevels), repeat(etf::nil(), kLevels + 1)});
  const Bytes tails = join({repeat(join({one_element_list(), etf::nil()}), kLevels), etf::nil()});
  CHECK(words_of(tuples) == 2 * kLevels);
  CHECK(words_of(lists) == 2 * kLevels);
  CHECK(words_of(tails) == 2 * kLevels);
}

TEST_CASE("maps a hundred thousand levels deep, as keys and as values, are decoded") {
  constexpr std::size_t kLevels = 100000;
  const Bytes open = join({tag(EtfTag::kMap), u32(1)});
  const Bytes values = join({repeat(join({open, etf::small(1)}), kLevels), etf::nil()});
  const Bytes keys = join({repeat(open, kLevels), etf::nil(), repeat(etf::nil(), kLevels)});
  CHECK(words_of(values) == 6 * kLevels);
  CHECK(words_of(keys) == 6 * kLevels);
}

TEST_CASE("a compressed term is unpacked") {
  Decoding decoding;
  const Bytes list = etf::list({etf::small(1)}, etf::nil());
  CHECK(decoding.text_of(compressed(list)) == "[1]");
  CHECK(decoding.text_of(join({compressed(list), zeros(3)})) == "[1]");
  CHECK(decoding.left == 3);
}

TEST_CASE("a compressed term is compressed once") {
  CHECK_FALSE(Decoding().decode(compressed(compressed(etf::nil()))).ok());
}

TEST_CASE("a compressed term must unpack to the size it claims") {
  const Bytes list = etf::list({etf::small(1)}, etf::nil());
  CHECK(error_of(compressed(list, list.size() - 1)).value == list.size() - 1);
  CHECK(error_of(compressed(list, list.size() + 1)).value == list.size() + 1);
  CHECK(error_of(compressed(list, 0xFFFFFFFF)).value == 0xFFFFFFFF);
}
