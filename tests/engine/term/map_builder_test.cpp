// Maps as OTP 25 lays them out. Sizes were read from erts_debug:flat_size/1 of OTP 25.2.3, without
// what keys and values take themselves; the order of keys from
// erts_internal:map_hashmap_children/1.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/term/map_builder.hpp"
#include "engine/term/map_lookup.hpp"
#include "engine/term/order.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;
using beam::Word;

std::size_t words_of_map(TermBuilder& b, const std::vector<Term>& keys) {
  const std::size_t before = b.arena().used();
  b.map_of_keys(keys);
  return b.arena().used() - before;
}

using MakeKey = std::function<Term(TermBuilder&, std::int64_t)>;

std::vector<Term> keys_up_to(TermBuilder& b, std::int64_t last, const MakeKey& make_key) {
  std::vector<Term> keys;
  for (std::int64_t i = 1; i <= last; ++i) keys.push_back(make_key(b, i));
  return keys;
}

Term small_key(TermBuilder& b, std::int64_t i) { return b.integer(i); }

Term mixed_key(TermBuilder& b, std::int64_t i) {
  switch (i % 4) {
    case 0:
      return b.integer(i);
    case 1:
      return b.real(static_cast<double>(i));
    case 2:
      return b.list({b.integer(i)});
    default:
      return b.tuple({b.integer(i)});
  }
}

Term nested_key(TermBuilder& b, std::int64_t i) {
  return b.tuple(
      {b.list({b.tuple({})}), b.list({b.tuple({b.integer(i)}), b.binary("")}, b.integer(i))});
}

TermBuilder::Bytes repeated(std::int64_t i, std::size_t times) {
  TermBuilder::Bytes bytes;
  for (std::size_t n = 0; n < times; ++n) {
    bytes.push_back(static_cast<std::uint8_t>(i >> 8));
    bytes.push_back(static_cast<std::uint8_t>(i));
  }
  return bytes;
}

Term thirteen_bits(TermBuilder& b, std::int64_t i) {
  return b.bits({static_cast<std::uint8_t>(i >> 5), static_cast<std::uint8_t>(i << 3)}, 13,
                static_cast<std::size_t>(i % 8));
}

Term reference_key(TermBuilder& b, std::int64_t i) {
  const auto n = static_cast<std::uint32_t>(i);
  return b.reference({n % 1000, n * 7, n * n});
}

Term forty_to(TermBuilder& b, std::int64_t i) {
  std::vector<Term> pairs;
  for (int j = 1; j <= 40; ++j) {
    pairs.push_back(b.integer(j));
    pairs.push_back(b.integer(i));
  }
  return b.map(pairs);
}

struct Family {
  const char* name;
  MakeKey make_key;
  std::size_t words_of_33;
  std::size_t words_of_100;
  std::size_t words_of_1000;
};

const std::vector<Family> kFamilies = {
    {"smalls", small_key, 127, 366, 3710},
    {"strings", [](TermBuilder& b, std::int64_t i) { return b.text(std::to_string(i)); }, 129, 364,
     3702},
    {"binaries", [](TermBuilder& b, std::int64_t i) { return b.binary(std::to_string(i)); }, 127,
     378, 3736},
    {"counted binaries", [](TermBuilder& b, std::int64_t i) { return b.binary(repeated(i, 40)); },
     123, 378, 3728},
    {"bitstrings", thirteen_bits, 123, 360, 3722},
    {"floats", [](TermBuilder& b, std::int64_t i) { return b.real(static_cast<double>(i) * 0.5); },
     123, 358, 3716},
    {"bigs",
     [](TermBuilder& b, std::int64_t i) {
       return b.big({static_cast<Word>(i), 1});
     },
     127, 366, 3706},
    {"negative bigs",
     [](TermBuilder& b, std::int64_t i) {
       return b.big({static_cast<Word>(i), 64}, true);
     },
     119, 360, 3718},
    {"tuples",
     [](TermBuilder& b, std::int64_t i) {
       return b.tuple({b.integer(i), b.list({b.integer(i)})});
     },
     127, 362, 3706},
    {"nested terms", nested_key, 127, 370, 3714},
    {"improper lists",
     [](TermBuilder& b, std::int64_t i) { return b.cons(b.integer(i + 1000), b.integer(i)); }, 125,
     364, 3716},
    {"flat maps",
     [](TermBuilder& b, std::int64_t i) {
       return b.map({b.integer(i), beam::kNil, beam::kNil, b.integer(i)});
     },
     125, 366, 3704},
    {"hash maps", forty_to, 127, 372, 3744},
    {"references", reference_key, 117, 370, 3716},
    {"mixed keys", mixed_key, 125, 368, 3760},
};

}  // namespace

TEST_CASE("hash maps take the words that they take in OTP 25") {
  for (const Family& family : kFamilies) {
    TermBuilder b;
    INFO(family.name);
    CHECK(words_of_map(b, keys_up_to(b, 33, family.make_key)) == family.words_of_33);
    CHECK(words_of_map(b, keys_up_to(b, 100, family.make_key)) == family.words_of_100);
    CHECK(words_of_map(b, keys_up_to(b, 1000, family.make_key)) == family.words_of_1000);
  }
}

TEST_CASE("hash maps of many smalls take the words that they take in OTP 25") {
  TermBuilder b;
  CHECK(words_of_map(b, keys_up_to(b, 64, small_key)) == 246);
  CHECK(words_of_map(b, keys_up_to(b, 256, small_key)) == 940);
  CHECK(words_of_map(b, keys_up_to(b, 5000, small_key)) == 18798);
}

TEST_CASE("the keys of a trie lie in the order in which OTP 25 has them") {
  TermBuilder b;
  beam::MappedArray<Term> leaves;
  REQUIRE(beam::append_leaves(b.map_of_keys(keys_up_to(b, 33, nested_key)), leaves).ok());
  std::vector<std::int64_t> order;
  for (const Term leaf : leaves) order.push_back(beam::tail_of(leaf).small() + 1);
  std::reverse(order.begin(), order.end());
  CHECK(order == std::vector<std::int64_t>{16, 27, 23, 21, 26, 25, 11, 3,  15, 14, 22,
                                           30, 31, 9,  33, 1,  17, 13, 24, 6,  5,  28,
                                           10, 18, 29, 12, 20, 8,  7,  2,  4,  19, 32});
}

TEST_CASE("the empty map refers to the empty tuple and takes three words") {
  TermBuilder b;
  const std::size_t before = b.arena().used();
  const Term map = b.map({});
  CHECK(b.arena().used() - before == 3);
  CHECK(map.pointer()[0] == beam::kFlatMapHeader);
  CHECK(Term{map.pointer()[beam::kFlatMapKeys]} == beam::unplaced_empty_tuple());
}

TEST_CASE("a map of 32 keys is flat, with its keys tuple before it") {
  TermBuilder b;
  std::vector<Term> keys = keys_up_to(b, 32, small_key);
  std::reverse(keys.begin(), keys.end());
  const std::size_t before = b.arena().used();
  const Term map = b.map_of_keys(keys);
  CHECK(b.arena().used() - before == 33 + 35);
  const Word* object = map.pointer();
  const Word* sorted_keys = object - 32;
  CHECK(sorted_keys - 1 == Term{object[beam::kFlatMapKeys]}.pointer());
  for (std::size_t i = 0; i < 32; ++i) {
    CHECK(Term{sorted_keys[i]}.small() == static_cast<std::int64_t>(i + 1));
    CHECK(Term{object[beam::kFlatMapValues + i]}.small() == static_cast<std::int64_t>(31 - i));
  }
}

TEST_CASE("a map of 33 keys is a hash map") {
  TermBuilder b;
  const Word header = *b.map_of_keys(keys_up_to(b, 33, small_key)).pointer();
  CHECK(beam::map_kind(header) != beam::MapKind::kFlat);
  CHECK(beam::map_header_arity(header) == 1);
}

TEST_CASE("a root with sixteen children is of its own kind") {
  TermBuilder b;
  const Term map = b.map_of_keys(keys_up_to(b, 1000, small_key));
  CHECK(*map.pointer() == beam::make_map_header(beam::MapKind::kRootArray, 1, 0xFFFF));
  CHECK(beam::boxed_words(map.pointer()) == 18);
}

TEST_CASE("a key that is there twice is refused") {
  TermBuilder b;
  for (const std::int64_t count : {2, 32, 34, 1000}) {
    std::vector<Term> pairs;
    for (std::int64_t i = 1; i <= count; ++i) {
      pairs.push_back(b.tuple({b.integer(i == count ? 1 : i)}));
      pairs.push_back(beam::kNil);
    }
    const auto built = b.try_map(pairs);
    REQUIRE_FALSE(built.ok());
    CHECK(built.error().what == std::string("a map has the same key twice"));
  }
}

TEST_CASE("integer and float keys of one value are two keys") {
  TermBuilder b;
  CHECK(beam::map_size(b.map({b.integer(1), beam::kNil, b.real(1.0), beam::kNil})) == 2);
}

// The digits of big integers are hashed one after the other: what is before and what is behind the
// comma does not show. The runtime runs out of memory on such a map.
TEST_CASE("different keys that have the same hash in every round are refused") {
  TermBuilder b;
  const Word digit = Word{1} << 63;
  std::vector<Term> keys = keys_up_to(b, 40, small_key);
  keys.push_back(b.tuple({b.big({digit, digit + 1}), b.big({digit + 2})}));
  keys.push_back(b.tuple({b.big({digit}), b.big({digit + 1, digit + 2})}));
  std::vector<Term> pairs;
  for (const Term key : keys) pairs.insert(pairs.end(), {key, beam::kNil});
  const auto built = b.try_map(pairs);
  REQUIRE_FALSE(built.ok());
  CHECK(built.error().what == std::string("different keys of a map have the same hashes"));
}

TEST_CASE("a map that the arena has no room for is refused") {
  for (const std::int64_t count : {20, 33}) {
    TermBuilder b(30);
    std::vector<Term> pairs;
    for (std::int64_t i = 0; i < count; ++i) {
      pairs.insert(pairs.end(), {b.integer(i), beam::kNil});
    }
    const auto built = b.try_map(pairs);
    REQUIRE_FALSE(built.ok());
    CHECK(built.error().what == std::string("the arena is full"));
  }
}

TEST_CASE("a match state as a key of a hash map is refused") {
  TermBuilder b;
  std::vector<Term> pairs{b.match_state(b.binary("x")), beam::kNil};
  for (int i = 0; i < 40; ++i) pairs.insert(pairs.end(), {b.integer(i), beam::kNil});
  const auto built = b.try_map(pairs);
  REQUIRE_FALSE(built.ok());
  CHECK(built.error().what == std::string("a map key is of a kind whose hash is not known"));
}

TEST_CASE("a key is found by a term that is equal to it") {
  TermBuilder b;
  for (const Family& family : kFamilies) {
    INFO(family.name);
    const Term map = b.map_of_keys(keys_up_to(b, 300, family.make_key));
    CHECK(beam::map_size(map) == 300);
    for (std::int64_t i = 1; i <= 300; ++i) {
      CHECK(beam::map_get(map, family.make_key(b, i)).value() == b.integer(i - 1));
    }
    CHECK_FALSE(beam::map_get(map, family.make_key(b, 301)).value().is_value());
  }
}

TEST_CASE("a key that a flat map has not is not found") {
  TermBuilder b;
  const Term map = b.map_of_keys({b.integer(1), b.text("two")});
  CHECK(beam::map_get(map, b.text("two")).value() == b.integer(1));
  CHECK_FALSE(beam::map_get(map, b.integer(2)).value().is_value());
}
