// Persistent terms: the sizes of their areas, and what becomes of those. The numbers were measured
// on OTP 25 (blocks of 24 bytes and 8 for each word).
#include "engine/gc/collect.hpp"
#include "engine/node/node.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kKey = make_atom(7);
constexpr Term kOther = make_atom(8);

class TestTerms {
 public:
  [[nodiscard]] TermRoom room() { return TermRoom(writer); }
  void put(Term key, Term value) { must(node.put_persistent(key, value)); }
  [[nodiscard]] Term get(Term key) { return must(node.get_persistent(key)); }
  [[nodiscard]] bool erase(Term key) { return must(node.erase_persistent(key)); }
  // Words of all areas together, when each of them counts 16 bytes beside its words.
  [[nodiscard]] std::size_t area_words() {
    const PersistentTerms& terms = node.persistent_terms();
    return terms.area_bytes() / kWordBytes - 2 * terms.size();
  }
  PurgeWork collect_literals() {
    PurgeObserver observer;
    return must(node.collect_literals(*find_strategy("otp"), memory.blocks, observer));
  }

  TestMemory memory;
  Node node =
      must(Node::create({.literal_space_bytes = std::size_t{1} << 24, .max_processes = 100}));
  // Boundless: nothing is collected while terms are made.
  Process& writer = *must(node.spawn(memory.blocks, {.min_heap_words = 10000}));
};

}  // namespace

TEST_CASE("the area of a persistent term is the pair of key and value with all they refer to") {
  TestTerms test;
  test.put(kKey, small_list(test.room(), 10));
  CHECK(test.area_words() == 3 + 20);
  CHECK(test.node.persistent_terms().area_bytes() == 200);
  const Term key = tuple(test.room(), {make_atom(1), make_small(4)});
  test.put(key, make_small(17));
  CHECK(test.area_words() == 3 + 20 + 3 + 3);
}

TEST_CASE("what a persistent term shares in a heap is copied once") {
  TestTerms test;
  const Term shared = small_list(test.room(), 10);
  const Term value = list(test.room(), std::vector<Term>{shared, shared});
  test.put(kKey, value);
  CHECK(test.area_words() == 3 + 4 + 20);
  CHECK(same_graph(test.get(kKey), value));
}

TEST_CASE("a literal in a persistent term is copied once for each reference") {
  TestTerms test;
  test.put(kOther, small_list(test.room(), 3));
  const std::size_t before = test.area_words();
  const Term literal = test.get(kOther);
  test.put(kKey, tuple(test.room(), {literal, literal}));
  CHECK(test.area_words() - before == 3 + 3 + 2 * 6);
  const Word* copied = test.get(kKey).pointer();
  CHECK(copied[1] != copied[2]);
  CHECK(copied[1] != literal.word);
  CHECK(same_graph(Term{copied[1]}, literal));
}

TEST_CASE("getting a persistent term gives the literal itself") {
  TestTerms test;
  const Term value = small_list(test.room(), 10);
  test.put(kKey, value);
  CHECK(test.node.literals().range().contains(test.get(kKey).word));
  CHECK(test.get(kKey) == test.get(kKey));
  CHECK(same_graph(test.get(kKey), value));
  CHECK(test.get(kOther) == kNonValue);
}

TEST_CASE("putting an equal value changes nothing") {
  TestTerms test;
  test.put(kKey, small_list(test.room(), 10));
  const Term literal = test.get(kKey);
  const std::size_t committed = test.node.literals().committed_bytes();
  test.put(kKey, small_list(test.room(), 10));
  CHECK(test.get(kKey) == literal);
  CHECK(test.node.literals().committed_bytes() == committed);
  CHECK(test.node.collector().idle());
}

TEST_CASE("a value that is replaced stays until the literal collector has freed it") {
  TestTerms test;
  test.put(kKey, small_list(test.room(), 10));
  const Word old = test.get(kKey).word;
  test.put(kKey, small_list(test.room(), 11));
  CHECK(test.node.persistent_terms().size() == 1);
  CHECK(test.node.literals().is_live(old));
  CHECK(test.node.collector().queued() == 1);
  test.collect_literals();
  CHECK_FALSE(test.node.literals().is_live(old));
  CHECK(test.area_words() == 3 + 22);
}

TEST_CASE("a persistent term of an immediate value is freed at once") {
  TestTerms test;
  test.put(tuple(test.room(), {make_atom(1), make_small(4)}), make_small(17));
  const std::size_t committed = test.node.literals().committed_bytes();
  CHECK(test.erase(tuple(test.room(), {make_atom(1), make_small(4)})));
  CHECK(test.node.collector().idle());
  CHECK(test.node.literals().committed_bytes() == committed - LiteralSpace::kPageBytes);
}

TEST_CASE("erasing a key that is not there says so") {
  TestTerms test;
  test.put(kKey, make_small(1));
  CHECK_FALSE(test.erase(kOther));
  CHECK(test.erase(kKey));
  CHECK_FALSE(test.erase(kKey));
  CHECK(test.node.persistent_terms().size() == 0);
}

TEST_CASE("who holds an erased persistent term copies it into an old block of the area's size") {
  TestTerms test;
  const Term shared = small_list(test.room(), 10);
  test.put(kKey, list(test.room(), std::vector<Term>{shared, shared}));
  Process& holder = *must(test.node.spawn(test.memory.blocks));
  REQUIRE(holder.push(test.get(kKey)));
  CHECK(test.erase(kKey));
  CHECK(holder.total_heap_words() == 233);
  CHECK(test.collect_literals().holders == 1);
  CHECK(holder.total_heap_words() == 233 + 38);
  CHECK(holder.old_used_words() == 24);
  CHECK(damage(holder, &test.node.literals()) == kNoDamage);
}

TEST_CASE("keys are told apart by their value and erased in any order") {
  TestTerms test;
  constexpr std::int64_t kTerms = 200;
  for (std::int64_t i = 0; i < kTerms; ++i) {
    test.put(tuple(test.room(), {make_atom(1), make_small(i)}), make_small(i));
  }
  for (std::int64_t i = 0; i < kTerms; i += 2) {
    CHECK(test.erase(tuple(test.room(), {make_atom(1), make_small(i)})));
  }
  for (std::int64_t i = 0; i < kTerms; ++i) {
    const Term found = test.get(tuple(test.room(), {make_atom(1), make_small(i)}));
    CHECK(found == (i % 2 == 0 ? kNonValue : make_small(i)));
  }
}

TEST_CASE("a persistent term takes one reference of a payload and gives it back") {
  TestTerms test;
  Payloads payloads;
  RefcBinary* payload = payloads.make(1000);
  const Term binary = counted_binary(test.room(), payload);
  test.put(kKey, binary);
  CHECK(test.area_words() == 3 + kProcBinWords);
  CHECK(payload->references == 2);
  CHECK(test.erase(kKey));
  test.collect_literals();
  CHECK(payload->references == 1);
}

TEST_CASE("a sub-binary becomes a binary of its own in a persistent term") {
  TestTerms test;
  const Term whole = heap_binary(test.room(), 40);
  const Term part = sub_binary(test.room(), whole, {.offset = 3, .bytes = 10});
  test.put(kKey, list(test.room(), std::vector<Term>{part, part}));
  CHECK(test.area_words() == 3 + 4 + heap_binary_words(10));
  CHECK(must(equal_terms(head_of(test.get(kKey)), part)));
}

TEST_CASE("an empty tuple in a persistent term is the space's own") {
  TestTerms test;
  test.put(kKey, tuple(test.room(), {test.node.literals().empty_tuple(), kNil}));
  CHECK(test.area_words() == 3 + 3);
  CHECK(test.get(kKey).pointer()[1] == test.node.literals().empty_tuple().word);
}

TEST_CASE("a persistent term that finds no room in the literal space changes nothing") {
  TestMemory memory;
  Node node =
      must(Node::create({.literal_space_bytes = 3 * LiteralSpace::kPageBytes, .max_processes = 1}));
  Process& writer = *must(node.spawn(memory.blocks, {.min_heap_words = 10000}));
  must(node.put_persistent(kKey, small_list(TermRoom(writer), 10)));
  const Term before = must(node.get_persistent(kKey));
  CHECK_FALSE(node.put_persistent(kKey, small_list(TermRoom(writer), 1000)).ok());
  CHECK(must(node.get_persistent(kKey)) == before);
  CHECK(node.collector().idle());
}

TEST_CASE("a deep persistent term is copied without recursion") {
  TestTerms test;
  Process& deep = *must(test.node.spawn(test.memory.blocks, {.min_heap_words = 1000000}));
  const Term value = nested_tuples(TermRoom(deep), 400000);
  test.put(kKey, value);
  CHECK(test.area_words() == 3 + 800000);
  CHECK(same_graph(test.get(kKey), value));
}
