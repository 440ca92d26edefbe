// Collections of processes with fragments and queued messages.
#include "engine/gc/collect.hpp"
#include "engine/gc/evacuation.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/heap/process_info.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Delivery kAttached{.receiver_runs = true};

Process with_stack_list(TestMemory& memory, std::size_t elements, ProcessOptions options = {}) {
  Process process = spawn(memory, options, 2 * elements);
  REQUIRE(process.push(small_list(TermRoom(process), elements)));
  return process;
}

}  // namespace

TEST_CASE("a collection moves what is attached to queued messages onto the heap above high water") {
  TestMemory memory;
  AreaImage outside = empty_image(1000);
  const Term sent = small_list(TermRoom(outside), 6);
  Process process = with_stack_list(memory, 10);
  must(send(process, sent, kAttached));
  must(collect(process));
  CHECK(process.used_words() == 32);
  CHECK(process.high_water == process.young.begin + 20);
  CHECK(garbage_collection_info(process).mbuf_size == 0);
  CHECK(process.messages.first->attached == nullptr);
  CHECK(damage(process) == kNoDamage);
  must(collect(process));
  CHECK(process.old_used_words() == 20);
  must(collect(process));
  CHECK(process.old_used_words() == 32);
  CHECK(same_graph(receive(process), sent));
}

TEST_CASE("a collection leaves a queue off the heap alone") {
  TestMemory memory;
  AreaImage outside = empty_image(1000);
  const Term sent = small_list(TermRoom(outside), 6);
  Process process = with_stack_list(memory, 10, {.off_heap_messages = true});
  must(send(process, sent));
  const Message* message = process.messages.first;
  must(collect_major(process));
  must(collect(process));
  CHECK(process.messages.first == message);
  CHECK(message->is_combined());
  CHECK(process.total_heap_words() == 233 + process.old.words);
  CHECK(damage(process) == kNoDamage);
  CHECK(same_graph(receive(process), sent));
}

TEST_CASE("collections make room for fragments and attached messages before they move them") {
  TestMemory memory;
  AreaImage outside = empty_image(4000);
  for (const bool major : {false, true}) {
    Process process = with_stack_list(memory, 50);
    must(collect_major(process));
    must(send(process, small_list(TermRoom(outside), 150), kAttached));
    must(send(process, small_list(TermRoom(outside), 100), kAttached));
    REQUIRE(process.push(receive(process, 1)));
    // U = 100 used + 200 in fragments + 300 attached.
    must(major ? collect_major(process) : collect(process));
    CHECK(process.young.words == 610U);
    CHECK(process.old.words == (major ? 0U : 987U));
    CHECK(process.used_words() + process.old_used_words() == 600);
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("what fits nowhere becomes a fragment for a built-in function and a collection is due") {
  TestMemory memory;
  Process process = with_stack_list(memory, 50);
  const Word* top = process.htop;
  CHECK(process.allocate_or_fragment(10) == top);
  process.htop -= 10;
  CHECK_FALSE(process.collection_due());
  Word* at = process.allocate_or_fragment(200);
  REQUIRE(at == process.fragments->words());
  at[0] = make_header(199, Subtag::kTuple);
  std::fill(at + 1, at + 200, kNil.word);
  process.stack_term(0) = make_boxed(at);
  CHECK(process.collection_due());
  CHECK(process.total_heap_words() == 433);
  CHECK(damage(process) == kNoDamage);
  must(collect(process));
  CHECK_FALSE(process.collection_due());
  CHECK(process.fragment_words == 0);
  CHECK(process.used_words() == 200);
}

TEST_CASE("max_heap_size counts fragments and attached messages") {
  TestMemory memory;
  AreaImage outside = empty_image(4000);
  // 233 of block and stack, 20 attached, 233 to come.
  for (const auto& [limit, dies] : {std::pair{486U, false}, std::pair{485U, true}}) {
    Process process = spawn(memory, {.max_heap_words = limit});
    must(send(process, small_list(TermRoom(outside), 10), kAttached));
    CHECK(must(collect_major(process)).killed == dies);
  }
}

TEST_CASE("a process with a queued message dies at the max_heap_size at which OTP 25 kills it") {
  // {queue off the heap, words of the message, the smallest limit that it survives}
  for (const auto& [off_heap, words, limit] :
       {std::tuple{false, 11U, 620U}, std::tuple{false, 200U, 1043U},
        std::tuple{false, 2000U, 4819U}, std::tuple{true, 11U, 466U},
        std::tuple{true, 2000U, 466U}}) {
    for (const std::size_t less : {0U, 1U}) {
      TestMemory memory;
      AreaImage outside = empty_image(4000);
      Process process =
          spawn(memory, {.max_heap_words = limit - less, .off_heap_messages = off_heap});
      REQUIRE(process.push(small_list(TermRoom(process), 108)));
      small_list(TermRoom(process), 3);
      process.htop += 1;
      process.htop[-1] = kNil.word;
      must(send(process, tuple(TermRoom(outside), std::vector<Term>(words - 1, kNil))));
      CHECK(must(collect_major(process)).killed == (less == 1));
    }
  }
}

TEST_CASE("a process does not hibernate while a message waits") {
  TestMemory memory;
  Process process = with_stack_list(memory, 10);
  must(send(process, make_atom(1)));
  must(hibernate(process));
  CHECK_FALSE(process.hibernated);
  CHECK(process.stack_words() == 2);
  CHECK(receive(process) == make_atom(1));
  must(hibernate(process));
  CHECK(process.total_heap_words() == 4);
}

TEST_CASE("a message to a hibernated process is attached and wakes it into two heaps") {
  TestMemory memory;
  AreaImage outside = empty_image(100);
  Process process = with_stack_list(memory, 10);
  must(hibernate(process, process.stack_term(0)));
  must(send(process, small_list(TermRoom(outside), 1)));
  CHECK(process.total_heap_words() == 26);
  must(collect(process));
  CHECK(process.old_used_words() == 20);
  CHECK(process.used_words() == 2);
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("binaries of messages and fragments are the process's from when they join it") {
  TestMemory memory;
  Payloads payloads;
  AreaImage outside = empty_image(1000);
  Process process = spawn(memory);
  const Term binary = counted_binary(TermRoom(outside), payloads.make(8000));
  must(send(process, binary, kAttached));
  must(send(process, binary, kAttached));
  CHECK(process.virtual_heap.young == 0);
  REQUIRE(process.push(receive(process)));
  CHECK(process.virtual_heap.young == 1000);
  CHECK(damage(process) == kNoDamage);
  must(collect(process));
  CHECK(process.virtual_heap.young == 2000);
  CHECK(damage(process) == kNoDamage);
  CHECK(payloads.references() == 3);
}

TEST_CASE("the verifier sees old and mature heap that point into a fragment") {
  TestMemory memory;
  AreaImage outside = empty_image(100);
  Process process = spawn(memory);
  REQUIRE(process.push(tuple(TermRoom(process), {kNil})));
  must(collect_major(process));
  must(send(process, small_list(TermRoom(outside), 1), kAttached));
  const Term in_fragment = receive(process);
  CHECK(damage(process) == kNoDamage);
  process.stack_term(0).pointer()[1] = in_fragment.word;
  CHECK(damage(process) == "old or mature heap points into a fragment");
}

TEST_CASE("the verifier sees a message that points into its receiver's heap") {
  TestMemory memory;
  AreaImage outside = empty_image(100);
  Process process = spawn(memory, {.off_heap_messages = true});
  const Term own = small_list(TermRoom(process), 1);
  must(send(process, small_list(TermRoom(outside), 1)));
  process.messages.first->attached->words()[1] = own.word;
  CHECK(damage(process) == "a queued message points out of itself");
}

TEST_CASE("the verifier sees a message queue that is not what it counts") {
  TestMemory memory;
  Process process = spawn(memory);
  must(send(process, kNil));
  process.messages.count = 2;
  CHECK(damage(process) == "a message queue miscounts its messages");
  process.messages.count = 1;
  process.messages.last = nullptr;
  CHECK(damage(process) == "a message queue has lost its end");
  process.messages.last = process.messages.first;
  process.fragment_words = 1;
  CHECK(damage(process) == "a process miscounts its fragments");
}

TEST_CASE("the verifier sees an off-heap list of a message that is not whole") {
  TestMemory memory;
  Payloads payloads;
  AreaImage outside = empty_image(100);
  Process process = spawn(memory);
  must(send(process, counted_binary(TermRoom(outside), payloads.make(100)), kAttached));
  HeapFragment* fragment = process.messages.first->attached;
  Word* const list = std::exchange(fragment->off_heap, nullptr);
  CHECK(damage(process) == "the off-heap list of a message lacks an object");
  Word elsewhere[kProcBinWords] = {kProcBinHeader};
  fragment->off_heap = elsewhere;
  CHECK(damage(process) == "the off-heap list of a message misses its object");
  fragment->off_heap = list;
  list[kOffHeapNext] = reinterpret_cast<Word>(list);
  CHECK(damage(process) == "the off-heap list of a message is too long");
  list[kOffHeapNext] = 0;
}
