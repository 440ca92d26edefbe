// Sub-binaries that move: the small ones become heap binaries, the others keep their binary alive.
#include "engine/gc/collect.hpp"
#include "engine/term/bits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

enum class Whole { kHeap, kCounted };

// A process whose only root is a part of a binary of which byte i is i.
class PartHolder {
 public:
  PartHolder(Whole whole, Part part) {
    const TermRoom room(process);
    const Term original =
        whole == Whole::kHeap ? heap_binary(room, 60) : counted_binary(room, payloads.make(200));
    REQUIRE(process.push(sub_binary(room, original, part)));
    must(collect_major(process));
    REQUIRE(damage(process) == kNoDamage);
  }

  [[nodiscard]] Subtag subtag() noexcept { return header_subtag(*process.stack_term(0).pointer()); }
  [[nodiscard]] std::vector<int> bytes() noexcept {
    const Bits bits = bits_of(process.stack_term(0));
    std::vector<int> all;
    for (std::size_t i = 0; i < bits.whole_bytes(); ++i) all.push_back(bits.byte(i));
    return all;
  }

  Payloads payloads;
  TestMemory memory;
  Process process = spawn(memory);
};

}  // namespace

TEST_CASE("a part of up to 24 bytes becomes a heap binary of its own") {
  for (const Whole whole : {Whole::kHeap, Whole::kCounted}) {
    for (std::size_t bytes = 0; bytes <= 24; ++bytes) {
      PartHolder holder(whole, {.offset = 7, .bytes = bytes});
      CHECK(holder.subtag() == Subtag::kHeapBinary);
      CHECK(holder.process.used_words() == heap_binary_words(bytes));
    }
  }
}

TEST_CASE("a heap binary made of a part has the part's bytes and zeros behind them") {
  for (const Whole whole : {Whole::kHeap, Whole::kCounted}) {
    PartHolder holder(whole, {.offset = 7, .bytes = 3});
    CHECK(holder.bytes() == std::vector<int>{7, 8, 9});
    CHECK(holder.process.stack_term(0).pointer()[2] == 0x090807);
  }
}

TEST_CASE("a part of 25 bytes stays a part and keeps its binary") {
  PartHolder in_heap(Whole::kHeap, {.offset = 1, .bytes = 25});
  CHECK(in_heap.subtag() == Subtag::kSubBinary);
  CHECK(in_heap.process.used_words() == kSubBinaryWords + heap_binary_words(60));
  PartHolder outside(Whole::kCounted, {.offset = 1, .bytes = 25});
  CHECK(outside.subtag() == Subtag::kSubBinary);
  CHECK(outside.process.used_words() == kSubBinaryWords + kProcBinWords);
  CHECK(outside.bytes().front() == 1);
  CHECK(outside.bytes().back() == 25);
}

TEST_CASE("a part that does not end with a byte stays a part") {
  PartHolder holder(Whole::kCounted, {.offset = 0, .bytes = 1, .bits = 3});
  CHECK(holder.subtag() == Subtag::kSubBinary);
}

TEST_CASE("a part that does not begin with a byte stays a part") {
  PartHolder holder(Whole::kCounted, {.offset = 0, .bytes = 1, .bit_offset = 4});
  CHECK(holder.subtag() == Subtag::kSubBinary);
}

TEST_CASE("a part that may be appended to stays a part") {
  PartHolder holder(Whole::kCounted, {.offset = 0, .bytes = 1, .writable = true});
  CHECK(holder.subtag() == Subtag::kSubBinary);
}

TEST_CASE("the payload of a binary goes when its last part became a heap binary") {
  const PartHolder copied(Whole::kCounted, {.offset = 0, .bytes = 24});
  CHECK(copied.payloads.references() == 0);
  const PartHolder kept(Whole::kCounted, {.offset = 0, .bytes = 25});
  CHECK(kept.payloads.references() == 1);
}

TEST_CASE("a part is copied out of a binary that moved before it, or that stays in the old heap") {
  TestMemory memory;
  Process process = spawn(memory);
  const Term whole = heap_binary(TermRoom(process), 60);
  REQUIRE(process.push(sub_binary(TermRoom(process), whole, {.offset = 2, .bytes = 2})));
  REQUIRE(process.push(whole));
  must(collect(process));
  CHECK(process.stack_term(1).pointer()[2] == 0x0302);
  must(collect(process));
  REQUIRE(process.old_range().contains(process.stack_term(0).word));
  REQUIRE(process.push(
      sub_binary(TermRoom(process), process.stack_term(0), {.offset = 4, .bytes = 2})));
  must(collect(process));
  CHECK(process.stack_term(0).pointer()[2] == 0x0504);
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("a part is copied out of a literal") {
  TestMemory memory;
  LiteralSpace space = test_space();
  const AreaImage image = image_of(20, [](TermRoom room) { return heap_binary(room, 60); });
  LoadedArea area(space, image);
  Process process = spawn(memory, {}, 0, space.range());
  REQUIRE(process.push(sub_binary(TermRoom(process), area.literal(0), {.offset = 6, .bytes = 2})));
  must(collect_major(process));
  area.release();
  CHECK(process.stack_term(0).pointer()[2] == 0x0706);
  CHECK(damage(process, &space) == kNoDamage);
}

TEST_CASE("a part that two roots hold is one binary afterwards") {
  TestMemory memory;
  Process process = spawn(memory);
  const Term whole = heap_binary(TermRoom(process), 60);
  const Term part = sub_binary(TermRoom(process), whole, {.offset = 2, .bytes = 2});
  REQUIRE(process.push(part));
  REQUIRE(process.push(part));
  must(collect_major(process));
  CHECK(process.stack_term(0) == process.stack_term(1));
  CHECK(process.used_words() == 3);
}
