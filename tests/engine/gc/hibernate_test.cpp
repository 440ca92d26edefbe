// Hibernation: what remains, what wakes, and what a purge makes of a hibernated process. Sizes are
// those that OTP 25 was seen to have.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/roots.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A process that did put(key, lists:seq(1, elements)), without the cost of the key's tuple.
Process holding(TestMemory& memory, std::size_t elements) {
  Process process = spawn(memory, {}, 2 * elements);
  must(process.put_dictionary(small_list(TermRoom(process), elements)));
  return process;
}

HeapShape asleep(std::size_t live) {
  return {.heap_block_size = live + 4, .heap_size = live, .recent_size = live, .stack_size = 1};
}

std::size_t total_after_purge(std::size_t elements, std::size_t area_words) {
  TestMemory memory;
  LiteralSpace space = test_space();
  AreaImage image = empty_image(area_words);
  const Term literal = record(TermRoom(image), 1, elements);
  REQUIRE(image.literals.push_back(literal));
  pad(image, area_words);
  LoadedArea area(space, image);
  Process process = spawn(memory, {}, 0, space.range());
  must(hibernate(process, cons(TermRoom(process), area.literal(0), kNil)));
  CHECK(process.total_heap_words() == 6);
  PurgeObserver observer;
  must(purge_one("otp", process, area.area(), memory.blocks, observer));
  area.release();
  CHECK(damage(process, &space) == kNoDamage);
  CHECK(process.hibernated);
  must(collect_on_request(process));
  return process.total_heap_words();
}

}  // namespace

TEST_CASE("a hibernated process without data has a heap of 4 words") {
  TestMemory memory;
  Process process = spawn(memory);
  small_list(TermRoom(process), 50);
  must(hibernate(process));
  CHECK(process.total_heap_words() == 4);
  CHECK(shape_of(process) == asleep(0));
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("a hibernated process has its argument list and what the dictionary holds") {
  TestMemory memory;
  Process process = holding(memory, 10);
  REQUIRE(process.push(small_list(TermRoom(process), 30)));
  must(hibernate(process, small_list(TermRoom(process), 1)));
  CHECK(shape_of(process) == asleep(22));
  CHECK(process.stack_term(0).is_list());
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("hibernation dissolves an old heap") {
  TestMemory memory;
  Process process = holding(memory, 100);
  must(collect_major(process));
  must(collect(process));
  REQUIRE(process.old_used_words() == 200);
  must(hibernate(process));
  CHECK(process.total_heap_words() == 204);
  CHECK(memory.ledger.counts().live_bytes == (204 + process.dictionary.words) * kWordBytes);
}

TEST_CASE("collections on request do nothing while a process is hibernated") {
  TestMemory memory;
  Process process = holding(memory, 10);
  must(hibernate(process));
  for (const Request request : {Request::kMajor, Request::kMinor}) {
    CHECK(must(collect_on_request(process, request)).moved_words == 0);
    CHECK(shape_of(process) == asleep(20));
    CHECK(process.hibernated);
  }
  must(collect(process));
  CHECK(must(collect_on_request(process)).major);
}

TEST_CASE("a process wakes to the heaps that the runtime gives it") {
  // {live words, young block, old block}
  const std::vector<std::array<std::size_t, 3>> woken = {
      {0, 233, 0},     {4, 233, 12},    {14, 233, 51},      {104, 233, 233},   {206, 233, 376},
      {244, 376, 610}, {486, 610, 987}, {2004, 2586, 4185}, {4006, 4185, 6772}};
  for (const auto& [live, young, old] : woken) {
    TestMemory memory;
    Process process = holding(memory, live / 2);
    must(hibernate(process));
    must(collect(process));
    CHECK_FALSE(process.hibernated);
    CHECK(process.young.words == young);
    CHECK(process.old.words == old);
    CHECK(process.old_used_words() == live);
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("hibernation does not begin the count of minor collections anew") {
  TestMemory memory;
  Process process = holding(memory, 100);
  must(collect_major(process));
  must(collect(process));
  must(hibernate(process));
  CHECK(process.minor_collections == 1);
}

TEST_CASE("a hibernated process that a purge copies literals for hibernates again") {
  CHECK(total_after_purge(2, 98) == 14);
  CHECK(total_after_purge(100, 40818) == 210);
  CHECK(total_after_purge(1000, 601218) == 2010);
}

TEST_CASE("a process that finds no memory to hibernate stays whole and awake") {
  for (const std::uint64_t budget : {0U, 1U}) {
    TestMemory memory;
    Process process = holding(memory, 100);
    REQUIRE(process.push(small_list(TermRoom(process), 5)));
    memory.blocks.set_budget(budget);
    CHECK_FALSE(hibernate(process, process.stack_term(0)).ok());
    CHECK_FALSE(process.hibernated);
    CHECK(damage(process) == kNoDamage);
    memory.blocks.set_budget(FailingBlocks::kNever);
    must(hibernate(process, process.stack_term(0)));
    CHECK(process.total_heap_words() == 214);
  }
}

TEST_CASE("the verifier sees a hibernated process that is not cut to what is live") {
  TestMemory memory;
  Process process = holding(memory, 10);
  must(hibernate(process));
  process.stop += 1;
  CHECK(damage(process) == "a hibernated process has more than what is live");
  process.stop -= 1;
  process.high_water -= 2;
  CHECK(damage(process) == "a hibernated process has more than what is live");
}

TEST_CASE("hibernation keeps what the dictionary of any program holds") {
  check_property([] {
    const Program program = *programs();
    LiteralSupply supply;
    World world(supply);
    World twin(supply, {}, World::kBoundless);
    twin.mutator.collect_by(
        [](Process&, std::size_t, bool) { return Result<Collection>(Collection{}); });
    world.mutator.run_all(program);
    twin.mutator.run_all(program);
    must(hibernate(world.process));
    twin.process.pop(twin.process.stack_words() - 1);
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
    RC_ASSERT(world.process.young.words == world.process.used_words() + 4);
    must(collect(world.process));
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
  });
}
