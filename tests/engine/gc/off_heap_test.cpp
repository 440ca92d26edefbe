// Objects that own something outside of the heap: who is on the list, in which order, and when the
// last reference to a payload goes.
#include "engine/gc/collect.hpp"
#include "engine/term/off_heap.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

Term push_binary(Process& process, Payloads& payloads) {
  const Term binary = counted_binary(TermRoom(process), payloads.make(100));
  REQUIRE(process.push(binary));
  return binary;
}

std::vector<Term> off_heap_list(const Process& process) {
  std::vector<Term> listed;
  for (const Word* at = process.off_heap; at != nullptr; at = next_off_heap(at)) {
    listed.push_back(make_boxed(at));
  }
  return listed;
}

}  // namespace

TEST_CASE("a payload lives as long as its binary is reached") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  push_binary(process, payloads);
  must(collect_major(process));
  CHECK(payloads.references() == 1);
  process.pop();
  CHECK(payloads.references() == 1);
  must(collect_major(process));
  CHECK(payloads.references() == 0);
  CHECK(process.off_heap == nullptr);
}

TEST_CASE("a minor collection frees the payload of a young binary that died") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 3)));
  must(collect(process));
  push_binary(process, payloads);
  process.pop();
  CHECK_FALSE(must(collect(process)).major);
  CHECK(payloads.references() == 0);
}

TEST_CASE("a minor collection does not free the payload of a tenured binary, a major one does") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  push_binary(process, payloads);
  must(collect(process));
  must(collect(process));
  process.pop();
  must(collect(process));
  CHECK(payloads.references() == 1);
  must(collect_major(process));
  CHECK(payloads.references() == 0);
}

TEST_CASE("a payload goes with the last of the processes that hold it") {
  TestMemory memory;
  Payloads payloads;
  RefcBinary* shared = payloads.make(100);
  Process first = spawn(memory);
  Process second = spawn(memory);
  REQUIRE(first.push(counted_binary(TermRoom(first), shared)));
  shared->retain();
  REQUIRE(second.push(counted_binary(TermRoom(second), shared)));
  CHECK(payloads.references() == 2);
  first.pop();
  must(collect_major(first));
  CHECK(payloads.references() == 1);
  second.free_heaps();
  CHECK(payloads.references() == 0);
}

TEST_CASE("a binary that moved still refers to its bytes") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  const auto* bytes = payload_of(push_binary(process, payloads).pointer())->bytes();
  must(collect_major(process));
  const Word* moved = process.stack_term(0).pointer();
  CHECK(moved[kProcBinBytes] == reinterpret_cast<Word>(bytes));
  CHECK(moved[kProcBinSize] == 100);
}

TEST_CASE("the off-heap list has the young objects first, then the old ones") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  push_binary(process, payloads);
  push_binary(process, payloads);
  must(collect(process));
  push_binary(process, payloads);
  must(collect(process));
  REQUIRE(process.old_used_words() == 2 * kProcBinWords);
  const auto listed = off_heap_list(process);
  REQUIRE(listed.size() == 3);
  CHECK(listed[0] == process.stack_term(0));
  CHECK(process.old_range().contains(listed[1].word));
  CHECK(process.old_range().contains(listed[2].word));
}

TEST_CASE("newly tenured objects come before those that were old already") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  push_binary(process, payloads);
  must(collect(process));
  push_binary(process, payloads);
  must(collect(process));
  must(collect(process));
  const auto listed = off_heap_list(process);
  REQUIRE(listed.size() == 2);
  CHECK(listed[0] == process.stack_term(0));
  CHECK(listed[1] == process.stack_term(1));
}

TEST_CASE("a major collection keeps the order of the off-heap list") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  for (int i = 0; i < 3; ++i) push_binary(process, payloads);
  must(collect_major(process));
  CHECK(off_heap_list(process) ==
        std::vector<Term>{process.stack_term(0), process.stack_term(1), process.stack_term(2)});
}

TEST_CASE(
    "local funs and external identifiers stay on the off-heap list, external funs never are") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(local_fun(TermRoom(process), {})));
  REQUIRE(process.push(external_pid(TermRoom(process))));
  REQUIRE(process.push(external_fun(TermRoom(process))));
  must(collect_major(process));
  CHECK(off_heap_list(process) == std::vector<Term>{process.stack_term(1), process.stack_term(2)});
}

TEST_CASE("the off-heap list follows a heap that moves when it is resized") {
  TestMemory memory;
  Payloads payloads;
  Process process = spawn(memory);
  for (int i = 0; i < 3; ++i) push_binary(process, payloads);
  must(collect(process, 1'000'000));
  CHECK(off_heap_list(process) ==
        std::vector<Term>{process.stack_term(0), process.stack_term(1), process.stack_term(2)});
  CHECK(damage(process) == kNoDamage);
}
