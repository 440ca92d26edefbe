// Block resources: malloc's, and the wrappers that count, fail and keep.
#include <deque>
#include <map>
#include <vector>

#include "engine/heap/counting_blocks.hpp"
#include "engine/heap/failing_blocks.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using beam_test::TestMemory;

void fill(Block block) {
  for (std::size_t i = 0; i < block.words; ++i) block.begin[i] = i;
}

bool is_filled(Block block, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    if (block.begin[i] != i) return false;
  }
  return true;
}

// Remembers what it was asked to do, and takes memory from nowhere.
class RecordingBlocks final : public BlockResource {
 public:
  Block allocate(std::size_t words) noexcept override { return {&words_.emplace_back(), words}; }
  Block resize(Block block, std::size_t words) noexcept override {
    ++resized;
    return {block.begin, words};
  }
  void release(Block block) noexcept override { released.push_back(block.words); }
  void trim() noexcept override { ++trims; }

  std::vector<std::size_t> released;  // their words, in order
  std::size_t resized = 0;
  std::size_t trims = 0;

 private:
  std::deque<Word> words_;
};

}  // namespace

TEST_CASE("a block from malloc has the words asked for, and they can be written") {
  MallocBlocks blocks;
  const Block block = blocks.allocate(100);
  REQUIRE(block);
  CHECK(block.words == 100);
  CHECK(block.end() == block.begin + 100);
  fill(block);
  CHECK(is_filled(block, 100));
  blocks.release(block);
}

TEST_CASE("a resized block keeps the words that both sizes have") {
  MallocBlocks blocks;
  Block block = blocks.allocate(100);
  fill(block);
  block = blocks.resize(block, 10000);
  CHECK(block.words == 10000);
  CHECK(is_filled(block, 100));
  block = blocks.resize(block, 50);
  CHECK(block.words == 50);
  CHECK(is_filled(block, 50));
  blocks.release(block);
}

TEST_CASE("a null block can be released anywhere") {
  TestMemory memory;
  KeptBlocks kept(memory.blocks, 2);
  kept.release({});
  memory.blocks.release({});
  CHECK(memory.ledger.counts().releases == 0);
}

TEST_CASE("a ledger counts bytes held, their peak and the calls") {
  TestMemory memory;
  const Block a = memory.counted.allocate(10);
  const Block b = memory.counted.allocate(20);
  CHECK(memory.ledger.counts().live_bytes == 30 * kWordBytes);
  memory.counted.release(a);
  CHECK(memory.ledger.counts().live_bytes == 20 * kWordBytes);
  CHECK(memory.ledger.counts().peak_bytes == 30 * kWordBytes);
  memory.counted.release(b);
  CHECK(memory.ledger.counts().allocations == 2);
  CHECK(memory.ledger.counts().releases == 2);
  CHECK(memory.live_bytes() == 0);
}

TEST_CASE("a ledger counts a resized block at its new size") {
  TestMemory memory;
  Block block = memory.counted.allocate(10);
  block = memory.counted.resize(block, 25);
  CHECK(memory.live_bytes() == 25 * kWordBytes);
  CHECK(memory.ledger.counts().allocations == 2);
  memory.counted.release(block);
  CHECK(memory.live_bytes() == 0);
}

TEST_CASE("a ledger's peak can start anew from what is held") {
  TestMemory memory;
  memory.counted.release(memory.counted.allocate(100));
  const Block block = memory.counted.allocate(10);
  memory.ledger.reset_peak();
  CHECK(memory.ledger.counts().peak_bytes == 10 * kWordBytes);
  memory.counted.release(block);
}

TEST_CASE("two wrappers may count in one ledger") {
  MallocBlocks source;
  BlockLedger ledger;
  CountingBlocks one(source, ledger);
  CountingBlocks two(source, ledger);
  const Block a = one.allocate(10);
  const Block b = two.allocate(10);
  CHECK(ledger.counts().live_bytes == 20 * kWordBytes);
  one.release(a);
  two.release(b);
}

TEST_CASE("a request that fails is not counted") {
  MallocBlocks source;
  FailingBlocks failing(source, 1);
  BlockLedger ledger;
  CountingBlocks counted(failing, ledger);
  const Block block = counted.allocate(10);
  CHECK_FALSE(counted.allocate(10));
  CHECK_FALSE(counted.resize(block, 20));
  CHECK(ledger.counts().allocations == 1);
  CHECK(ledger.counts().live_bytes == 10 * kWordBytes);
  counted.release(block);
}

TEST_CASE("a failing resource refuses everything once its budget is spent, but takes back") {
  TestMemory memory;
  memory.blocks.set_budget(2);
  Block block = memory.blocks.allocate(10);
  block = memory.blocks.resize(block, 20);
  REQUIRE(block);
  CHECK_FALSE(memory.blocks.allocate(1));
  CHECK_FALSE(memory.blocks.resize(block, 30));
  memory.blocks.release(block);
  CHECK(memory.live_bytes() == 0);
}

TEST_CASE("a block that a failing resource did not resize is as it was") {
  TestMemory memory;
  const Block block = memory.blocks.allocate(10);
  fill(block);
  memory.blocks.set_budget(0);
  CHECK_FALSE(memory.blocks.resize(block, 1000));
  CHECK(is_filled(block, 10));
  memory.blocks.release(block);
}

TEST_CASE("a failing resource can be told never to fail") {
  TestMemory memory;
  memory.blocks.set_budget(0);
  CHECK_FALSE(memory.blocks.allocate(1));
  memory.blocks.set_budget(FailingBlocks::kNever);
  memory.blocks.release(memory.blocks.allocate(1));
  CHECK(memory.ledger.counts().allocations == 1);
}

TEST_CASE("a kept block serves the next request of its size") {
  TestMemory memory;
  KeptBlocks kept(memory.blocks, 1);
  const Block first = kept.allocate(100);
  kept.release(first);
  const Block second = kept.allocate(100);
  CHECK(second.begin == first.begin);
  CHECK(memory.ledger.counts().allocations == 1);
  kept.release(second);
}

TEST_CASE("a kept block does not serve a request of another size") {
  TestMemory memory;
  KeptBlocks kept(memory.blocks, 1);
  kept.release(kept.allocate(100));
  const Block block = kept.allocate(99);
  CHECK(memory.ledger.counts().allocations == 2);
  kept.release(block);
}

TEST_CASE("when all places are taken the block that was kept longest goes back") {
  RecordingBlocks source;
  KeptBlocks kept(source, 2);
  for (const std::size_t words : {1U, 2U, 3U, 4U}) kept.release(kept.allocate(words));
  CHECK(source.released == std::vector<std::size_t>{1, 2});
}

TEST_CASE("a place that was emptied in between does not make a newer block the oldest") {
  RecordingBlocks source;
  KeptBlocks kept(source, 2);
  kept.release({source.allocate(1).begin, 1});
  kept.release({source.allocate(2).begin, 2});
  const Block first = kept.allocate(1);
  kept.release({source.allocate(3).begin, 3});
  kept.release({source.allocate(4).begin, 4});
  CHECK(source.released == std::vector<std::size_t>{2});
  kept.release(first);
  CHECK(source.released == std::vector<std::size_t>{2, 3});
}

TEST_CASE("trimming gives back what is kept and passes on") {
  RecordingBlocks source;
  KeptBlocks kept(source, 4);
  kept.release(kept.allocate(1));
  kept.trim();
  CHECK(source.released == std::vector<std::size_t>{1});
  CHECK(source.trims == 1);
}

TEST_CASE("wrappers pass trimming on to their source") {
  RecordingBlocks source;
  BlockLedger ledger;
  CountingBlocks counted(source, ledger);
  FailingBlocks failing(counted);
  failing.trim();
  CHECK(source.trims == 1);
}

TEST_CASE("a keeper gives everything back when it goes") {
  TestMemory memory;
  {
    KeptBlocks kept(memory.blocks, 4);
    kept.release(kept.allocate(10));
    kept.release(kept.allocate(20));
    CHECK(memory.live_bytes() != 0);
  }
  CHECK(memory.live_bytes() == 0);
}

TEST_CASE("a keeper keeps at least one block and at most its limit of places") {
  RecordingBlocks source;
  KeptBlocks none(source, 0);
  none.release(none.allocate(1));
  CHECK(source.released.empty());
  KeptBlocks many(source, 1000);
  for (std::size_t i = 0; i < KeptBlocks::kMaxPlaces; ++i)
    many.release({source.allocate(1).begin, 1});
  CHECK(source.released.empty());
  many.release({source.allocate(1).begin, 1});
  CHECK(source.released.size() == 1);
}

TEST_CASE("whatever is asked of a keeper, no block is lost or served twice") {
  check_property([](const std::vector<std::pair<bool, std::uint8_t>>& steps) {
    TestMemory memory;
    {
      KeptBlocks kept(memory.blocks, 3);
      std::map<Word*, Block> taken;
      for (const auto& [allocates, number] : steps) {
        if (allocates) {
          const Block block = kept.allocate(1 + number % 5);
          RC_ASSERT(block.words == 1U + number % 5);
          RC_ASSERT(taken.emplace(block.begin, block).second);
        } else if (!taken.empty()) {
          const auto chosen = std::next(taken.begin(), number % static_cast<int>(taken.size()));
          kept.release(chosen->second);
          taken.erase(chosen);
        }
      }
      for (const auto& [begin, block] : taken) kept.release(block);
    }
    RC_ASSERT(memory.live_bytes() == 0U);
  });
}
