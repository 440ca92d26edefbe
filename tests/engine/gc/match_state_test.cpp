// Match states: what they match moves along, and they find its bytes again.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/term/bits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kAreaWords = 1000;

// A process whose only root is a match state.
class Matching {
 public:
  Matching() = default;

  void match(Term binary, std::size_t saved_positions = 0) {
    REQUIRE(process.push(match_state(room(), binary, saved_positions)));
  }
  [[nodiscard]] TermRoom room() noexcept { return TermRoom(process); }
  [[nodiscard]] Word* state() noexcept { return process.stack_term(0).pointer(); }
  [[nodiscard]] Term matched() noexcept { return Term{state()[kMatchStateOrig]}; }
  // What the verifier says; it checks the address of the bytes.
  [[nodiscard]] std::string diagnosis() const { return damage(process, &space); }

  AreaImage image = image_of(kAreaWords, [](TermRoom to) { return heap_binary(to, 60, 5); });
  LiteralSpace space = test_space();
  LoadedArea area{space, image};
  Payloads payloads;
  TestMemory memory;
  Process process = spawn(memory, {}, 0, space.range());
};

}  // namespace

TEST_CASE("a match state keeps a binary of the heap that nothing else holds") {
  Matching m;
  m.match(heap_binary(m.room(), 40, 7), 2);
  for (int i = 0; i < 3; ++i) {
    must(collect_major(m.process));
    CHECK(m.diagnosis() == kNoDamage);
    CHECK(bytes_of_binary(m.matched().pointer())[3] == 10);
    CHECK(m.process.used_words() == kMatchStateWords + 2 + heap_binary_words(40));
  }
}

TEST_CASE("a match state keeps the payload that it matches") {
  Matching m;
  m.match(counted_binary(m.room(), m.payloads.make(200)));
  must(collect_major(m.process));
  CHECK(m.diagnosis() == kNoDamage);
  CHECK(m.payloads.references() == 1);
  m.process.pop();
  must(collect_major(m.process));
  CHECK(m.payloads.references() == 0);
}

TEST_CASE("a match state and another root share the binary after a collection") {
  Matching m;
  const Term binary = heap_binary(m.room(), 40);
  REQUIRE(m.process.push(binary));
  m.match(binary);
  REQUIRE(m.process.push(binary));
  must(collect_major(m.process));
  CHECK(m.diagnosis() == kNoDamage);
  const Word* state = m.process.stack_term(1).pointer();
  CHECK(state[kMatchStateOrig] == m.process.stack_term(0).word);
  CHECK(state[kMatchStateOrig] == m.process.stack_term(2).word);
}

TEST_CASE("a tenured match state has its binary in the old heap") {
  Matching m;
  m.match(heap_binary(m.room(), 40));
  must(collect_major(m.process));
  CHECK_FALSE(must(collect(m.process)).major);
  CHECK(m.diagnosis() == kNoDamage);
  CHECK(m.process.old_range().contains(m.process.stack_term(0).word));
  CHECK(m.process.old_range().contains(m.matched().word));
}

TEST_CASE("a match state over old binaries is moved by minor collections") {
  Matching m;
  REQUIRE(m.process.push(heap_binary(m.room(), 40)));
  must(collect_major(m.process));
  must(collect(m.process));
  m.match(m.process.stack_term(0));
  for (int i = 0; i < 3; ++i) {
    must(collect(m.process));
    CHECK(m.diagnosis() == kNoDamage);
    CHECK(m.matched() == m.process.stack_term(1));
  }
}

TEST_CASE("a match state over a literal gets the binary when the area is released") {
  Matching m;
  m.match(m.area.literal(0));
  CHECK(m.diagnosis() == kNoDamage);
  CHECK(scan_for_literals(m.process, m.area.area().range()).found);
  must(collect_major(m.process));
  const LiteralCopy copied =
      must(copy_literals(m.process, AreaBatch(m.area.area()), m.memory.blocks));
  m.area.release();
  CHECK(copied.copied_words == heap_binary_words(60));
  CHECK(m.diagnosis() == kNoDamage);
  CHECK(m.process.old_range().contains(m.matched().word));
  CHECK(bytes_of_binary(m.matched().pointer())[10] == 15);
}

TEST_CASE("what a match state matches counts for the scan and its raw words do not") {
  const AddressRange area{0x10000, 0x1000};
  const Word inside = 0x10010 | kPrimaryBoxed;
  std::vector<Word> words{match_state_header(1), kNil.word, inside, inside, inside, inside};
  CHECK(find_literal(words.data(), words.size(), area) == nullptr);
  words[kMatchStateOrig] = inside;
  CHECK(find_literal(words.data(), words.size(), area) == words.data() + kMatchStateOrig);
  CHECK(find_literal_by_walking(words.data(), words.size(), area) ==
        words.data() + kMatchStateOrig);
}

TEST_CASE("the verifier sees a match state that has lost its bytes or its binary") {
  Matching m;
  m.match(heap_binary(m.room(), 40));
  m.state()[kMatchStateBase] += kWordBytes;
  CHECK(m.diagnosis() == "a match state has lost its bytes");
  m.state()[kMatchStateOrig] = tuple(m.room(), {kNil}).word;
  CHECK(m.diagnosis() == "a match state matches no binary");
  m.state()[kMatchStateOrig] = kNil.word;
  CHECK(m.diagnosis() == "a match state matches no binary");
}

TEST_CASE("the payload of a magic reference lives as long as the reference") {
  Matching m;
  REQUIRE(m.process.push(magic_reference(m.room(), m.payloads.make(kMagicPayloadBytes))));
  must(collect_major(m.process));
  must(collect(m.process));
  CHECK(m.diagnosis() == kNoDamage);
  CHECK(m.payloads.references() == 1);
  m.process.pop();
  must(collect_major(m.process));
  CHECK(m.payloads.references() == 0);
}
