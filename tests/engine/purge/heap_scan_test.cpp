// Looking for pointers into an area: what counts, in which order, and how far a scan goes.
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/term/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr AddressRange kArea{0x10000, 0x1000};
constexpr Word kHit = 0x10010 | kPrimaryBoxed;

// A process with something of an area wherever a test puts it.
struct Scanned {
  LiteralSpace space = test_space();
  AreaImage image = records_image(10, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
  Process process = spawn(memory, {}, 0, space.range());

  [[nodiscard]] HeapScan scan() const { return scan_for_literals(process, area.area().range()); }
  void make_old_heap() {
    REQUIRE(process.push(small_list(TermRoom(process), 10)));
    must(collect(process));
    must(collect(process));
    REQUIRE(process.old_used_words() == 20);
  }
};

}  // namespace

TEST_CASE("the first of several pointers is found, by scan and by walk") {
  const std::vector<Word> words{kNil.word, kNil.word, kHit, kHit};
  CHECK(find_literal(words.data(), words.size(), kArea) == &words[2]);
  CHECK(find_literal_by_walking(words.data(), words.size(), kArea) == &words[2]);
  CHECK(find_literal(words.data(), 2, kArea) == nullptr);
  CHECK(find_literal_by_walking(words.data(), 2, kArea) == nullptr);
}

TEST_CASE("an empty heap holds nothing") {
  CHECK(find_literal(nullptr, 0, kArea) == nullptr);
  CHECK(find_literal_by_walking(nullptr, 0, kArea) == nullptr);
}

TEST_CASE("the first and the last word of an area are in it, their neighbours are not") {
  for (const auto& [word, hits] :
       std::vector<std::pair<Word, bool>>{{0x0FFF8 | kPrimaryList, false},
                                          {0x10000 | kPrimaryList, true},
                                          {0x10FF8 | kPrimaryBoxed, true},
                                          {0x11000 | kPrimaryBoxed, false}}) {
    const std::vector<Word> words(4, word);
    CHECK((find_literal(words.data(), 4, kArea) != nullptr) == hits);
    CHECK((find_literal(words.data(), 1, kArea) != nullptr) == hits);
  }
}

TEST_CASE("a process that holds nothing is scanned whole") {
  Scanned scanned;
  scanned.make_old_heap();
  small_list(TermRoom(scanned.process), 3);
  must(scanned.process.put_dictionary(kNil));
  CHECK(scanned.scan() == HeapScan{false, 2 + 6 + 20 + 1});
}

TEST_CASE("the stack is scanned first, from its top") {
  Scanned scanned;
  REQUIRE(scanned.process.push(scanned.area.literal(0)));
  REQUIRE(scanned.process.push(kNil));
  CHECK(scanned.scan() == HeapScan{true, 2});
}

TEST_CASE("the young heap is scanned after the stack, from its start") {
  Scanned scanned;
  small_list(TermRoom(scanned.process), 1);
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  CHECK(scanned.scan() == HeapScan{true, 1 + 3});
}

TEST_CASE("the free words of a block are not scanned") {
  Scanned scanned;
  small_list(TermRoom(scanned.process), 3);
  const Word literal = scanned.area.literal(0).word;
  std::fill(scanned.process.young.begin + 6, scanned.process.stop, literal);
  CHECK(scanned.scan() == HeapScan{false, 1 + 6});
  scanned.process.young.begin[5] = literal;
  CHECK(scanned.scan() == HeapScan{true, 1 + 6});
}

TEST_CASE("fragments are scanned after the dictionary, each up to what is used of it") {
  Scanned scanned;
  must(scanned.process.put_dictionary(kNil));
  for (const bool second : {false, true}) {
    HeapFragment* fragment = make_fragment(scanned.memory.blocks, 4);
    REQUIRE(fragment != nullptr);
    std::fill_n(fragment->words(), 4, kNil.word);
    fragment->used_words = 4;
    fragment->words()[second ? 3 : 1] = scanned.area.literal(0).word;
    if (!second) fragment->used_words = 1;
    fragment->next = scanned.process.fragments;
    scanned.process.fragments = fragment;
    CHECK(scanned.scan() == (second ? HeapScan{true, 1 + 1 + 4} : HeapScan{false, 1 + 1 + 1}));
  }
}

TEST_CASE("the old heap is scanned after the young heap") {
  Scanned scanned;
  REQUIRE(scanned.process.push(cons(TermRoom(scanned.process), kNil, scanned.area.literal(0))));
  must(collect(scanned.process));
  must(collect(scanned.process));
  small_list(TermRoom(scanned.process), 2);
  CHECK(scanned.scan() == HeapScan{true, 2 + 4 + 2});
}

TEST_CASE("the dictionary is scanned after the heaps") {
  Scanned scanned;
  scanned.make_old_heap();
  must(scanned.process.put_dictionary(kNil));
  must(scanned.process.put_dictionary(scanned.area.literal(0)));
  must(scanned.process.put_dictionary(kNil));
  CHECK(scanned.scan() == HeapScan{true, 2 + 0 + 20 + 2});
}

TEST_CASE("garbage counts as a reference") {
  Scanned scanned;
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  must(collect_major(scanned.process));
  CHECK_FALSE(scanned.scan().found);
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  CHECK(scanned.scan().found);
}

TEST_CASE("a return address in the area is no reference, and hides none behind it") {
  Scanned scanned;
  const Word address = scanned.area.area().range().base;
  REQUIRE(scanned.process.push(scanned.area.literal(0)));
  REQUIRE(scanned.process.push(Term{address}));
  CHECK(scanned.scan() == HeapScan{true, 2});
  scanned.process.stack_term(1) = kNil;
  CHECK_FALSE(scanned.scan().found);
}

TEST_CASE("literals of another area and the empty tuple are no references") {
  Scanned scanned;
  const LoadedArea other(scanned.space, scanned.image);
  REQUIRE(scanned.process.push(other.literal(0)));
  REQUIRE(scanned.process.push(scanned.space.empty_tuple()));
  CHECK_FALSE(scanned.scan().found);
}
