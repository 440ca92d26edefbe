// max_heap_size: the exact limits at which a real runtime lets a process live or kills it.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

Process with_list(TestMemory& memory, std::size_t words, ProcessOptions options) {
  Process process = spawn(memory, options);
  REQUIRE(process.push(small_list(TermRoom(process), words / 2)));
  return process;
}

bool survives_major(std::size_t words, ProcessOptions options) {
  TestMemory memory;
  Process process = with_list(memory, words, options);
  return !must(collect_major(process)).killed;
}

bool survives_first(std::size_t words, ProcessOptions options) {
  TestMemory memory;
  Process process = with_list(memory, words, options);
  return !must(collect(process)).killed;
}

bool survives_second(std::size_t words, ProcessOptions options) {
  TestMemory memory;
  Process process = with_list(memory, words, options);
  must(collect(process));
  return !must(collect(process)).killed;
}

// A holder of one literal of 204 words in an area of 40,818, as far as to the literal collection.
class Holder {
 public:
  explicit Holder(ProcessOptions options) : process(spawn(memory, options, 0, space_.range())) {
    REQUIRE(process.push(area_.literal(3)));
    must(collect_major(process));
  }

  LiteralCopy copy() { return must(copy_literals(process, AreaBatch(area_.area()), temp_)); }

 private:
  MallocBlocks temp_;
  LiteralSpace space_ = test_space();
  AreaImage image_ = records_image(200, 100, 40818);
  LoadedArea area_{space_, image_};

 public:
  TestMemory memory;
  Process process;
};

}  // namespace

TEST_CASE("a major collection of an idle process needs a limit of 466 words") {
  CHECK(survives_major(0, {.max_heap_words = 466}));
  CHECK_FALSE(survives_major(0, {.max_heap_words = 465}));
}

TEST_CASE("what a process uses of its block does not change the limit of a major collection") {
  CHECK(survives_major(180, {.max_heap_words = 466}));
  CHECK_FALSE(survives_major(180, {.max_heap_words = 465}));
}

TEST_CASE("a first collection counts no old heap, for there is nothing to tenure") {
  CHECK(survives_first(198, {.max_heap_words = 466}));
  CHECK_FALSE(survives_first(198, {.max_heap_words = 465}));
}

TEST_CASE("a minor collection counts the old heap that it would make") {
  CHECK(survives_second(100, {.max_heap_words = 566}));
  CHECK_FALSE(survives_second(100, {.max_heap_words = 565}));
}

TEST_CASE("a minor collection counts the block of the old heap that there is") {
  for (const bool enough : {true, false}) {
    TestMemory memory;
    Process process = with_list(memory, 100, {});
    must(collect(process));
    must(collect(process));
    REQUIRE(process.old.words == 233);
    process.options.max_heap_words = enough ? 466 : 465;
    CHECK(must(collect(process)).killed != enough);
  }
}

TEST_CASE("a limit that does not kill stops no collection") {
  CHECK(survives_major(180, {.max_heap_words = 100, .kill_above_max = false}));
  CHECK(survives_second(180, {.max_heap_words = 100, .kill_above_max = false}));
}

TEST_CASE("a killed process has its heap as it was") {
  for (const bool major : {true, false}) {
    TestMemory memory;
    Process process = with_list(memory, 100, {.max_heap_words = 300});
    const HeapShape before = shape_of(process);
    CHECK(must(major ? collect_major(process) : collect(process)).killed);
    CHECK(process.killed);
    CHECK(shape_of(process) == before);
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("a killed process is not collected any more") {
  TestMemory memory;
  Process process = with_list(memory, 100, {.max_heap_words = 300});
  must(collect_major(process));
  process.options.max_heap_words = 0;
  CHECK(must(collect(process)).killed);
  CHECK(must(collect_major(process)).killed);
  CHECK(process.high_water == process.young.begin);
}

TEST_CASE("words that would take a process above its limit are an error") {
  TestMemory memory;
  Process process = with_list(memory, 100, {.max_heap_words = 300});
  CHECK_FALSE(allocate_words(process, 1000).ok());
  CHECK(process.killed);
}

TEST_CASE("a literal collection of an area of 40818 words needs a limit of 46655 words") {
  Holder holder({.max_heap_words = 46655});
  CHECK_FALSE(holder.copy().killed);
  CHECK(holder.process.total_heap_words() == 46655);
}

TEST_CASE("a literal collection of an area of 40818 words kills at a limit of 46654 words") {
  Holder holder({.max_heap_words = 46654});
  const HeapShape before = shape_of(holder.process);
  CHECK(holder.copy().killed);
  CHECK(holder.process.killed);
  CHECK(shape_of(holder.process) == before);
}

TEST_CASE("a literal collection goes on above a limit that does not kill") {
  for (const std::size_t limit : {46654U, 500U}) {
    Holder holder({.max_heap_words = limit, .kill_above_max = false});
    CHECK_FALSE(holder.copy().killed);
    CHECK(holder.process.total_heap_words() == 46655);
  }
}
