// What a process has of its own, and the slot beside it, at every fill of a block.
#include "bench/holders/own_data.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam_test;

// A process with so many own words, and a slot for what it holds.
beam::Process with_slot(TestMemory& memory, std::uint64_t words) {
  beam::Process process = must(bench::holders::spawn_with_own_data(memory.blocks, {}, words));
  must(bench::holders::push_slot(process));
  return process;
}

// 6766 words fill a block of 6772 with the stack's two and the four that stay free.
constexpr std::uint64_t kFullWords = 6766;

TEST_CASE("own data of every size is there in whole and leaves room for its slot") {
  for (const std::uint64_t block : {233U, 376U, 6772U, 10958U}) {
    for (std::uint64_t words = block - 10; words <= block + 2; ++words) {
      INFO(words << " own words");
      TestMemory memory;
      const beam::Process process = with_slot(memory, words);
      CHECK(damage(process) == kNoDamage);
      CHECK(process.used_words() + process.old_used_words() == words);
      CHECK(process.stack_words() == 3);
    }
  }
}

TEST_CASE("own data with its slot gets the smallest block that holds both") {
  TestMemory memory;
  CHECK(with_slot(memory, kFullWords - 1).total_heap_words() == 6772);
  CHECK(with_slot(memory, kFullWords + 1).total_heap_words() == 10958);
}

TEST_CASE("a slot beside a full block is pushed after a collection that tenures the data") {
  TestMemory memory;
  const beam::Process process = with_slot(memory, kFullWords);
  CHECK(process.minor_collections == 1);
  CHECK(process.old_used_words() == kFullWords);
  CHECK(process.old.words == 10958);
}

TEST_CASE("a slot that a limit has no room for kills the process") {
  TestMemory memory;
  beam::Process process = must(bench::holders::spawn_with_own_data(memory.blocks, {}, kFullWords));
  process.options.max_heap_words = 10'000;
  must(bench::holders::push_slot(process));
  CHECK(process.killed);
  CHECK(process.total_heap_words() == 6772);
}

TEST_CASE("a slot that there is no memory for is an error and leaves the process whole") {
  TestMemory memory;
  beam::Process process = must(bench::holders::spawn_with_own_data(memory.blocks, {}, kFullWords));
  memory.blocks.set_budget(0);
  CHECK_FALSE(bench::holders::push_slot(process));
  CHECK(damage(process) == kNoDamage);
  CHECK(process.used_words() == kFullWords);
}

}  // namespace
