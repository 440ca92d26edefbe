// Pages that were touched, and words that were asked for.
#include "bench/predict/holder_memory.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::predict::HolderBlocks;
using bench::predict::HolderMemory;

constexpr std::size_t kPageWords = 512;
constexpr std::uint64_t kPageBytes = 4096;

TEST_CASE("a block reserves all of its words and touches none of its pages") {
  HolderMemory memory;
  HolderBlocks blocks(&memory);
  const beam::Block block = blocks.allocate(100 * kPageWords);
  REQUIRE(block);
  CHECK(memory.now().reserved == 100 * kPageBytes);
  CHECK(memory.now().touched == 0);
  blocks.release(block);
  CHECK(memory.now().reserved == 0);
}

TEST_CASE("a page counts as touched once one of its words is written") {
  HolderMemory memory;
  HolderBlocks blocks(&memory);
  const beam::Block block = blocks.allocate(10'000 * kPageWords);
  REQUIRE(block);
  for (const std::size_t page : {0U, 1U, 4095U, 4096U, 9999U})
    block.begin[page * kPageWords + 7] = 1;
  block.begin[kPageWords - 1] = 1;
  CHECK(memory.now().touched == 5 * kPageBytes);
  blocks.release(block);
}

TEST_CASE("the peak of touched pages is taken when a block goes") {
  HolderMemory memory;
  HolderBlocks blocks(&memory);
  const beam::Block kept = blocks.allocate(kPageWords);
  const beam::Block gone = blocks.allocate(4 * kPageWords);
  REQUIRE((kept && gone));
  kept.begin[0] = 1;
  for (std::size_t page = 0; page < 3; ++page) gone.begin[page * kPageWords] = 1;
  blocks.release(gone);
  CHECK(memory.now().touched == kPageBytes);
  CHECK(memory.peak().touched == 4 * kPageBytes);
  CHECK(memory.peak().reserved == 5 * kPageBytes);
  memory.reset_peak();
  CHECK(memory.peak().touched == kPageBytes);
  blocks.release(kept);
}

TEST_CASE("a block that is cut keeps its first pages and leaves its peak behind") {
  HolderMemory memory;
  HolderBlocks blocks(&memory);
  beam::Block block = blocks.allocate(8 * kPageWords);
  REQUIRE(block);
  for (std::size_t page = 0; page < 8; ++page) block.begin[page * kPageWords] = page + 1;
  block = blocks.resize(block, 2 * kPageWords);
  REQUIRE(block);
  CHECK(block.begin[kPageWords] == 2);
  CHECK(memory.now().touched == 2 * kPageBytes);
  CHECK(memory.now().reserved == 2 * kPageBytes);
  CHECK(memory.peak().touched == 8 * kPageBytes);
  blocks.release(block);
}

}  // namespace
