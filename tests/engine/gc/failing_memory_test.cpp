// When memory runs out: a process is whole, holds what it held, and can go on.
#include "engine/gc/collect.hpp"
#include "engine/gc/evacuation.hpp"
#include "engine/gc/literal_copy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A process with a list of `words` words that went through so many collections.
Process with_list(TestMemory& memory, std::size_t words, int collections) {
  Process process = spawn(memory, {}, words + 1);
  REQUIRE(process.push(small_list(TermRoom(process), words / 2)));
  for (int i = 0; i < collections; ++i) must(collect(process));
  return process;
}

// Lets `collect` fail after `budget` requests, and checks that the process is as it was.
template <class Collect>
void check_unchanged(TestMemory& memory, Process& process, std::uint64_t budget, Collect collect) {
  const HeapShape before = shape_of(process);
  const std::uint64_t bytes = memory.live_bytes();
  const Term root = process.stack_term(0);
  memory.blocks.set_budget(budget);
  const auto failed = collect(process);
  memory.blocks.set_budget(FailingBlocks::kNever);
  REQUIRE_FALSE(failed.ok());
  CHECK(shape_of(process) == before);
  CHECK(memory.live_bytes() == bytes);
  CHECK(process.stack_term(0) == root);
  CHECK(damage(process) == kNoDamage);
}

// Runs one step again and again, each time with one more request granted, until it is done.
// `check` looks at the process after every failure.
template <class Check>
void run_step_failing(World& world, const Step& step, Check check) {
  for (std::uint64_t budget = 0;; ++budget) {
    world.memory.blocks.set_budget(budget);
    const auto done = world.mutator.run(step);
    world.memory.blocks.set_budget(FailingBlocks::kNever);
    if (done) return;
    RC_ASSERT(budget < 10U);
    check();
  }
}

void check_program_failing(const Program& program) {
  LiteralSupply supply;
  World world(supply);
  World twin(supply, {}, World::kBoundless);
  twin.mutator.collect_by(
      [](Process&, std::size_t, bool) { return Result<Collection>(Collection{}); });
  world.mutator.collect_at_every_allocation();
  for (const Step& step : program) {
    run_step_failing(world, step, [&] {
      RC_ASSERT(world.damage() == kNoDamage);
      RC_ASSERT(same_roots(world.process, twin.process));
    });
    twin.mutator.run_all(std::span(&step, 1));
  }
  RC_ASSERT(world.damage() == kNoDamage);
  RC_ASSERT(same_roots(world.process, twin.process));
}

}  // namespace

TEST_CASE("a major collection without memory leaves the process as it was") {
  TestMemory memory;
  Process process = with_list(memory, 100, 0);
  check_unchanged(memory, process, 0, [](Process& p) { return collect_major(p); });
}

TEST_CASE("a major collection without memory forgets neither growth nor sweep that are due") {
  TestMemory memory;
  Process process = with_list(memory, 2000, 1);
  REQUIRE(process.grow_next);
  process.need_fullsweep = true;
  check_unchanged(memory, process, 0, [](Process& p) { return collect(p); });
  CHECK(process.grow_next);
  CHECK(process.need_fullsweep);
}

TEST_CASE("a minor collection without memory for an old heap leaves the process as it was") {
  TestMemory memory;
  Process process = with_list(memory, 100, 1);
  check_unchanged(memory, process, 0, [](Process& p) { return collect(p); });
}

TEST_CASE("a minor collection without memory for a young heap leaves the process as it was") {
  TestMemory memory;
  Process process = with_list(memory, 100, 1);
  check_unchanged(memory, process, 1, [](Process& p) { return collect(p); });
  must(collect(process));
  check_unchanged(memory, process, 0, [](Process& p) { return collect(p); });
}

TEST_CASE("a collection that cannot grow the heap afterwards has collected it") {
  for (const int collections : {0, 1}) {
    TestMemory memory;
    Process process = with_list(memory, 100, collections);
    small_list(TermRoom(process), 20);
    memory.blocks.set_budget(collections == 0 ? 1 : 2);
    CHECK_FALSE(collect(process, 5000).ok());
    CHECK(process.used_words() + process.old_used_words() == 100);
    CHECK(process.high_water == process.htop);
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("a collection that cannot shrink the heap afterwards has collected it") {
  TestMemory memory;
  Process process = with_list(memory, 20000, 0);
  process.pop();
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  memory.blocks.set_budget(1);
  CHECK_FALSE(collect_major(process).ok());
  CHECK(process.used_words() == 20);
  CHECK(process.young.words == 28690);
  CHECK(damage(process) == kNoDamage);
  memory.blocks.set_budget(FailingBlocks::kNever);
  must(collect_major(process));
  CHECK(process.young.words == 233);
}

TEST_CASE("a young block that cannot be resized is as it was, larger or smaller") {
  for (const std::size_t words : {376U, 28690U}) {
    TestMemory memory;
    Process process = with_list(memory, 300, 1);
    check_unchanged(memory, process, 0,
                    [words](Process& p) { return resize_young_block(p, words); });
    const AreaImage expected = image_of(300, [](TermRoom room) { return small_list(room, 150); });
    CHECK(same_graph(process.stack_term(0), expected.literals[0]));
  }
}

TEST_CASE("words that cannot be allocated are an error and change nothing") {
  TestMemory memory;
  Process process = with_list(memory, 100, 0);
  check_unchanged(memory, process, 0, [](Process& p) { return allocate_words(p, 5000); });
}

TEST_CASE("a literal collection without memory leaves the process as it was") {
  TestMemory memory;
  LiteralSpace space = test_space();
  const AreaImage image = records_image(10, 2, 98);
  const LoadedArea area(space, image);
  Process process = spawn(memory, {}, 0, space.range());
  REQUIRE(process.push(area.literal(0)));
  must(collect_major(process));
  for (const std::uint64_t budget : {0U, 1U}) {
    const HeapShape before = shape_of(process);
    memory.blocks.set_budget(budget);
    CHECK_FALSE(copy_literals(process, AreaBatch(area.area()), memory.blocks).ok());
    CHECK(shape_of(process) == before);
    CHECK(process.stack_term(0) == area.literal(0));
    CHECK(memory.live_bytes() == 233 * kWordBytes);
  }
  memory.blocks.set_budget(FailingBlocks::kNever);
  CHECK(must(copy_literals(process, AreaBatch(area.area()), memory.blocks)).copied_words == 8);
}

TEST_CASE("a literal collection without temporary memory gives its old block back") {
  TestMemory memory;
  TestMemory temp;
  temp.blocks.set_budget(0);
  LiteralSpace space = test_space();
  const AreaImage image = records_image(10, 2, 98);
  const LoadedArea area(space, image);
  Process process = spawn(memory, {}, 0, space.range());
  REQUIRE(process.push(area.literal(0)));
  const auto failed = copy_literals(process, AreaBatch(area.area()), temp.blocks);
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().value == 98);
  CHECK_FALSE(process.old);
  CHECK(memory.live_bytes() == 233 * kWordBytes);
}

TEST_CASE("whatever request fails in whatever program, the process is whole and goes on") {
  check_property([] { check_program_failing(*programs()); });
}
