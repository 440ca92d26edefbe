// A process as its memory: what spawning reserves, what fits, what goes back.
#include "engine/heap/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

std::size_t spawned_words(std::size_t need, ProcessOptions options = {}) {
  TestMemory memory;
  return spawn(memory, options, need).young.words;
}

}  // namespace

TEST_CASE("a new process is what the runtime reports of an idle one") {
  TestMemory memory;
  const Process process = spawn(memory);
  CHECK(shape_of(process) == HeapShape{.heap_block_size = 233, .stack_size = 1});
  CHECK(process.total_heap_words() == 233);
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("a process spawned with a list argument has the runtime's heap") {
  // An argument list of one list of n elements takes 2n + 2 words.
  CHECK(spawned_words(2 * 1 + 2) == 233);
  CHECK(spawned_words(2 * 113 + 2) == 233);
  CHECK(spawned_words(2 * 114 + 2) == 376);
  CHECK(spawned_words(2 * 115 + 2) == 376);
  CHECK(spawned_words(2 * 200 + 2) == 610);
  CHECK(spawned_words(2 * 1000 + 2) == 2586);
}

TEST_CASE("min_heap_size is rounded up to a block size") {
  CHECK(spawned_words(0, {.min_heap_words = 0}) == 12);
  CHECK(spawned_words(0, {.min_heap_words = 234}) == 376);
  CHECK(spawned_words(0, {.min_heap_words = 1000}) == 1598);
}

TEST_CASE("a process that cannot be spawned is an error that names the words") {
  TestMemory memory;
  memory.blocks.set_budget(0);
  const auto refused = Process::spawn(memory.blocks, {});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().value == 233);
}

TEST_CASE("a heap is full when the reserved words of the stack would be used") {
  TestMemory memory;
  Process process = spawn(memory);
  CHECK(process.room() == 233 - 1 - kReservedStackWords);
  CHECK(process.allocate(process.room() + 1) == nullptr);
  CHECK(process.allocate(process.room()) != nullptr);
  CHECK(process.room() == 0);
  CHECK(process.allocate(1) == nullptr);
  CHECK_FALSE(process.push(kNil));
}

TEST_CASE("a request of any size is refused when it does not fit") {
  TestMemory memory;
  Process process = spawn(memory);
  CHECK(process.allocate(~std::size_t{0}) == nullptr);
  CHECK(process.used_words() == 0);
}

TEST_CASE("the stack grows down and its top has index 0") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(make_small(1)));
  REQUIRE(process.push(make_small(2)));
  CHECK(process.stack_words() == 3);
  CHECK(process.stack_term(0) == make_small(2));
  CHECK(process.stack_term(1) == make_small(1));
  process.pop();
  CHECK(process.stack_term(0) == make_small(1));
  process.pop();
  CHECK(process.stack_words() == 1);
}

TEST_CASE("a dictionary keeps what was put into it, however much") {
  TestMemory memory;
  Process process = spawn(memory);
  for (int i = 0; i < 1000; ++i) REQUIRE(process.put_dictionary(make_small(i)));
  CHECK(process.dictionary_size == 1000);
  CHECK(Term{process.dictionary.begin[0]} == make_small(0));
  CHECK(Term{process.dictionary.begin[999]} == make_small(999));
}

TEST_CASE("a dictionary does not count as heap") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.put_dictionary(kNil));
  CHECK(process.total_heap_words() == 233);
}

TEST_CASE("a dictionary that cannot grow keeps what it has") {
  TestMemory memory;
  Process process = spawn(memory);
  std::size_t put = 0;
  memory.blocks.set_budget(1);
  while (process.put_dictionary(make_small(static_cast<std::int64_t>(put)))) ++put;
  CHECK(put == process.dictionary_size);
  CHECK(Term{process.dictionary.begin[put - 1]} == make_small(static_cast<std::int64_t>(put) - 1));
  memory.blocks.set_budget(FailingBlocks::kNever);
  CHECK(process.put_dictionary(kNil).ok());
}

TEST_CASE("a process that goes gives all its blocks and payloads back") {
  TestMemory memory;
  Payloads payloads;
  {
    Process process = spawn(memory);
    REQUIRE(process.put_dictionary(kNil));
    REQUIRE(process.push(counted_binary(TermRoom(process), payloads.make(100))));
    CHECK(payloads.references() == 1);
  }
  CHECK(memory.live_bytes() == 0);
  CHECK(payloads.references() == 0);
}

TEST_CASE("a process whose heaps were freed has nothing and is whole") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.put_dictionary(kNil));
  process.free_heaps();
  CHECK(memory.live_bytes() == 0);
  CHECK(process.total_heap_words() == 0);
  CHECK(shape_of(process) == HeapShape{});
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("a moved process takes everything with it") {
  TestMemory memory;
  Process from = spawn(memory, {.fullsweep_after = 7});
  REQUIRE(from.push(small_list(TermRoom(from), 5)));
  const HeapShape shape = shape_of(from);
  Process to(std::move(from));
  CHECK(shape_of(to) == shape);
  CHECK(to.options.fullsweep_after == 7);
  CHECK(damage(to) == kNoDamage);
  Process other = spawn(memory);
  other = std::move(to);
  CHECK(shape_of(other) == shape);
  CHECK(damage(other) == kNoDamage);
}

TEST_CASE("a process dies of a heap above its limit if that kills") {
  TestMemory memory;
  Process process = spawn(memory, {.max_heap_words = 1000});
  CHECK_FALSE(process.dies_of(1000));
  CHECK_FALSE(process.killed);
  CHECK(process.dies_of(1001));
  CHECK(process.killed);
}

TEST_CASE("a process without a limit, or whose limit does not kill, lives") {
  TestMemory memory;
  Process unlimited = spawn(memory);
  CHECK_FALSE(unlimited.dies_of(~std::size_t{0}));
  Process warned = spawn(memory, {.max_heap_words = 1000, .kill_above_max = false});
  CHECK_FALSE(warned.dies_of(1001));
  CHECK_FALSE(warned.killed);
}
