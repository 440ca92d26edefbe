// The allocators of a node: who serves what, and what time does to the caches.
#include "allocators/erts_node.hpp"
#include "tests/support/catch.hpp"

namespace {

using allocators::ErtsBlocks;
using allocators::ErtsNode;
using beam::Block;

constexpr std::size_t kSingleWords = allocators::kEheapAlloc.sbct / 8;

Block made(beam::BlockResource& blocks, std::size_t words) {
  const Block block = blocks.allocate(words);
  REQUIRE(block);
  return block;
}

}  // namespace

TEST_CASE("what dirty schedulers allocate comes from allocators of their own and goes back there") {
  ErtsNode node;
  const Block ordinary = made(node.heaps(), 233);
  node.run_dirty(true);
  const Block dirty = made(node.heaps(), 233);
  CHECK(&ErtsBlocks::owner_of(ordinary) != &ErtsBlocks::owner_of(dirty));
  ErtsBlocks& owner = ErtsBlocks::owner_of(ordinary);
  node.heaps().release(ordinary);
  CHECK(owner.multi_counts().blocks == 0);
  node.run_dirty(false);
  const Block resized = node.heaps().resize(dirty, 1000);
  CHECK(&ErtsBlocks::owner_of(resized) != &owner);
  CHECK(made(node.heaps(), 233).begin == ordinary.begin);
  node.heaps().release({});
}

TEST_CASE("a temporary copy leaves its pages to the next one and to heaps of its size") {
  ErtsNode node;
  const Block copy = made(node.temp(), kSingleWords);
  node.temp().release(copy);
  CHECK(node.cached_bytes() > 8 * kSingleWords);
  CHECK(made(node.heaps(), kSingleWords).begin == copy.begin);
  CHECK(node.cached_bytes() == 0);
}

TEST_CASE("each cache loses one segment for every full second") {
  ErtsNode node;
  for (const bool dirty : {false, true}) {
    node.run_dirty(dirty);
    const Block first = made(node.temp(), kSingleWords);
    const Block second = made(node.temp(), kSingleWords);
    node.temp().release(first);
    node.temp().release(second);
  }
  const std::size_t four = node.cached_bytes();
  node.time_passes(999);
  CHECK(node.cached_bytes() == four);
  node.time_passes(1);
  CHECK(node.cached_bytes() == four / 2);
  node.time_passes(100'000'000);
  CHECK(node.cached_bytes() == 0);
}

TEST_CASE("trimming a node empties both caches") {
  ErtsNode node;
  for (const bool dirty : {false, true}) {
    node.run_dirty(dirty);
    node.temp().release(made(node.temp(), kSingleWords));
  }
  node.trim();
  CHECK(node.cached_bytes() == 0);
}
