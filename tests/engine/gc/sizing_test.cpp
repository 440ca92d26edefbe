// How large blocks are after a collection: the numbers of a real runtime, and any program against
// the rules written down a second time.
#include "engine/gc/collect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mutator.hpp"
#include "tests/support/property.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/test_memory.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A process that holds a list of `words` / 2 small integers, in a heap made to fit.
Process holding(TestMemory& memory, std::size_t words, ProcessOptions options = {}) {
  Process process = spawn(memory, options, words + 1);
  REQUIRE(process.push(small_list(TermRoom(process), words / 2)));
  return process;
}

void drop_all(Process& process) { process.pop(process.stack_words() - 1); }

// Builds lists of 60 cells, one cell after the other, and drops each when it is done.
void work(Process& process, std::size_t lists) {
  for (std::size_t i = 0; i < lists; ++i) {
    if (process.room() == 0) must(collect(process, 1));
    REQUIRE(process.push(kNil));
    for (int cell = 0; cell < 60; ++cell) {
      Word* at = must(allocate_words(process, kConsWords));
      at[0] = make_small(cell).word;
      at[1] = process.stack_term(0).word;
      process.stack_term(0) = make_list(at);
    }
    process.pop();
  }
}

std::vector<std::uint64_t> minor_counts(Process& process, std::size_t collections) {
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < collections; ++i) {
    must(collect(process));
    counts.push_back(process.minor_collections);
  }
  return counts;
}

// Collects a process as it says, and compares what comes out with the model.
class CheckedCollector {
 public:
  explicit CheckedCollector(const ProcessOptions& options)
      : model_(options.min_heap_words, options.fullsweep_after) {}

  Result<Collection> operator()(Process& process, std::size_t need, bool major) {
    const HeapShape before = shape_of(process);
    const LiveWords live = live_words(process);
    const HeapShape expected =
        major ? model_.collect_major(before, live, need) : model_.collect(before, live, need);
    const auto collected = major ? collect_major(process, need) : collect(process, need);
    RC_ASSERT(shape_of(process) == expected);
    RC_ASSERT(process.room() >= need);
    if (collected) check_moved(collected.value(), before, live);
    return collected;
  }

 private:
  static void check_moved(const Collection& done, const HeapShape& before, const LiveWords& live) {
    const std::size_t young = live.mature + live.recent;
    RC_ASSERT(done.moved_words == (done.major ? young + live.old : young));
    RC_ASSERT(done.resized_words == 0U || before.heap_block_size != 0U);
  }

  SizingModel model_;
};

const std::vector<StepKind> kSizedSteps{
    StepKind::kList,  StepKind::kTuple, StepKind::kHeapBinary, StepKind::kCountedBinary,
    StepKind::kFun,   StepKind::kBig,   StepKind::kLiteral,    StepKind::kForget,
    StepKind::kDrop,  StepKind::kMinor, StepKind::kMajor,      StepKind::kRemember,
    StepKind::kMinor, StepKind::kDrop};

void check_sizes(const ProcessOptions& options, bool at_every_allocation) {
  check_property([&] {
    const Program program = *programs_of(kSizedSteps);
    LiteralSupply supply;
    World world(supply, options);
    world.mutator.collect_by(CheckedCollector(options));
    if (at_every_allocation) world.mutator.collect_at_every_allocation();
    world.mutator.run_all(program);
  });
}

}  // namespace

TEST_CASE("the first collection of any process is major") {
  TestMemory memory;
  Process process = holding(memory, 100);
  CHECK(must(collect(process)).major);
  CHECK(process.minor_collections == 0);
  CHECK(shape_of(process) ==
        HeapShape{.heap_block_size = 233, .heap_size = 100, .recent_size = 100, .stack_size = 2});
}

TEST_CASE("the second collection tenures what survived the first") {
  TestMemory memory;
  Process process = holding(memory, 100);
  must(collect(process));
  CHECK_FALSE(must(collect(process)).major);
  CHECK(shape_of(process) == HeapShape{.heap_block_size = 233,
                                       .old_heap_block_size = 233,
                                       .old_heap_size = 100,
                                       .stack_size = 2,
                                       .minor_gcs = 1});
}

TEST_CASE("a collection is major as long as nothing survives and there is no old heap") {
  TestMemory memory;
  Process process = spawn(memory, {.fullsweep_after = 3});
  CHECK(minor_counts(process, 4) == std::vector<std::uint64_t>{0, 0, 0, 0});
}

TEST_CASE("fullsweep_after 3 makes every fourth collection major") {
  TestMemory memory;
  Process process = holding(memory, 40, {.fullsweep_after = 3});
  CHECK(minor_counts(process, 8) == std::vector<std::uint64_t>{0, 1, 2, 3, 0, 1, 2, 3});
}

TEST_CASE("fullsweep_after 0 makes every collection major") {
  TestMemory memory;
  Process process = holding(memory, 40, {.fullsweep_after = 0});
  CHECK(minor_counts(process, 3) == std::vector<std::uint64_t>{0, 0, 0});
  CHECK(process.old.words == 0);
}

TEST_CASE("a process that needs a full sweep gets a major collection, once") {
  TestMemory memory;
  Process process = holding(memory, 40);
  must(collect(process));
  process.need_fullsweep = true;
  CHECK(must(collect(process)).major);
  CHECK_FALSE(process.need_fullsweep);
  CHECK_FALSE(must(collect(process)).major);
}

TEST_CASE("a collection is major when what is mature does not fit into the old heap") {
  TestMemory memory;
  Process process = holding(memory, 200);
  must(collect(process));
  must(collect(process));
  REQUIRE(process.old.words == 376);
  must(collect(process, 100));
  REQUIRE(process.push(small_list(TermRoom(process), 90)));
  CHECK_FALSE(must(collect(process)).major);
  CHECK(must(collect(process)).major);
  CHECK(process.old.words == 0);
  CHECK(process.used_words() == 380);
}

TEST_CASE("2000 live words under repeated major collections take 2586 and 4185 words in turn") {
  TestMemory memory;
  Process process = holding(memory, 2000);
  std::vector<std::size_t> sizes;
  for (int i = 0; i < 6; ++i) {
    must(collect_major(process));
    sizes.push_back(process.young.words);
  }
  CHECK(sizes == std::vector<std::size_t>{2586, 4185, 2586, 4185, 2586, 4185});
}

TEST_CASE("a process at work has a young and an old block of 233 and 376 words") {
  TestMemory memory;
  Process process = spawn(memory);
  work(process, 1000);
  CHECK(process.total_heap_words() == 609);
  CHECK(process.minor_collections > 100);
}

TEST_CASE("a major collection shrinks a heap that is mostly free to twice what is needed") {
  TestMemory memory;
  Process process = holding(memory, 20000);
  drop_all(process);
  REQUIRE(process.push(small_list(TermRoom(process), 250)));
  must(collect_major(process));
  CHECK(process.young.words == 1598);
  CHECK(must(collect_major(process)).resized_words == 0);
}

TEST_CASE("a major collection never shrinks a heap below its minimum") {
  TestMemory memory;
  Process process = holding(memory, 20000, {.min_heap_words = 987});
  drop_all(process);
  must(collect_major(process));
  CHECK(process.young.words == 987);
}

TEST_CASE("a minor collection shrinks a large heap to three times what is needed") {
  TestMemory memory;
  Process process = holding(memory, 2);
  must(collect(process, 20000));
  REQUIRE(process.young.words == 28690);
  small_list(TermRoom(process), 10000);
  CHECK_FALSE(must(collect(process, 4000)).major);
  CHECK(process.young.words == next(3 * 4006));
}

TEST_CASE("a minor collection does not shrink a heap of up to 3000 words") {
  TestMemory memory;
  Process process = holding(memory, 2);
  must(collect(process, 2500));
  REQUIRE(process.young.words == 2586);
  small_list(TermRoom(process), 1000);
  CHECK_FALSE(must(collect(process)).major);
  CHECK(process.young.words == 2586);
}

TEST_CASE("a minor collection keeps a young heap at an eighth of a large old one") {
  TestMemory memory;
  Process process = holding(memory, 100000);
  must(collect(process));
  must(collect(process));
  REQUIRE(process.old.words == 196650);
  drop_all(process);
  must(collect(process, 100000));
  small_list(TermRoom(process), 20000);
  CHECK_FALSE(must(collect(process)).major);
  CHECK(process.young.words == next(196650 / 8));
}

TEST_CASE("a minor collection lets a young heap be as small as a ninth of a large old one") {
  TestMemory memory;
  Process process = holding(memory, 700000);
  must(collect(process));
  must(collect(process));
  REQUIRE(process.old.words == 999631);
  drop_all(process);
  must(collect(process, 170000));
  small_list(TermRoom(process), 80000);
  CHECK_FALSE(must(collect(process, 38000)).major);
  // Three times what is needed: more than a ninth of the old block, less than an eighth.
  CHECK(process.young.words == next(3 * 38005));
}

TEST_CASE("a collection leaves room for what is needed") {
  TestMemory memory;
  Process process = holding(memory, 100);
  for (const std::size_t need : {10U, 1000U, 0U, 50000U}) {
    must(collect(process, need));
    CHECK(process.room() >= need);
    must(collect_major(process, need));
    CHECK(process.room() >= need);
  }
}

TEST_CASE("words that do not fit are allocated after a collection") {
  TestMemory memory;
  Process process = holding(memory, 200);
  CHECK(must(allocate_words(process, 20)) != nullptr);
  CHECK(process.high_water == process.young.begin);
  Word* at = must(allocate_words(process, 5000));
  CHECK(at == process.high_water);
  CHECK(process.used_words() == 5200);
  small_list(TermRoom(process), 1);
}

TEST_CASE("block sizes after any program are those of the runtime") { check_sizes({}, false); }

TEST_CASE("block sizes are those of the runtime when every allocation collects") {
  check_sizes({}, true);
}

TEST_CASE("block sizes are those of the runtime under other minima and sweeps") {
  for (const std::size_t min_heap_words : {12U, 610U, 10958U}) {
    for (const std::uint64_t fullsweep_after : {0U, 2U, 10U}) {
      check_sizes({.min_heap_words = min_heap_words, .fullsweep_after = fullsweep_after}, false);
    }
  }
}
