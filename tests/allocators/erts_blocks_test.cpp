// The runtime's carriers as a block resource.
#include <cstdint>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "allocators/erts_blocks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/page_accounts.hpp"
#include "tests/support/property.hpp"
#include "tests/support/skip.hpp"

namespace {

using namespace allocators;
using beam::Block;
using beam::Word;
using page_accounts::CountedPages;

constexpr std::size_t kMib = std::size_t{1} << 20;
// The least words that get a carrier of their own.
constexpr std::size_t kSingleWords = kEheapAlloc.sbct / 8;

// An allocator with all that is below it.
struct Allocator {
  CountedPages pages;
  ErtsSegments segments{pages};
  ErtsBlocks blocks{segments};

  [[nodiscard]] Block make(std::size_t words) {
    const Block block = blocks.allocate(words);
    REQUIRE(block);
    return block;
  }
};

void fill(Block block, Word seed) {
  for (std::size_t i = 0; i < block.words; ++i) block.begin[i] = seed + i;
}

bool is_filled(Block block, Word seed, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    if (block.begin[i] != seed + i) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("small blocks lie in the main carrier one after the other with a word between") {
  Allocator allocator;
  const Block first = allocator.make(233);
  const Block second = allocator.make(233);
  CHECK(second.begin == first.begin + 234);
  CHECK(reinterpret_cast<std::uintptr_t>(first.begin) % 8 == 0);
  const ErtsCounts counts = allocator.blocks.multi_counts();
  CHECK(counts.blocks == 2);
  CHECK(counts.block_bytes == 2 * 234 * 8);
  CHECK(counts.carriers == 1);
  CHECK(counts.carrier_bytes == kEheapAlloc.mmbcs);
}

TEST_CASE("a block of four words takes 64 bytes and of eight one more word") {
  Allocator allocator;
  static_cast<void>(allocator.make(4));
  CHECK(allocator.blocks.multi_counts().block_bytes == 64);
  static_cast<void>(allocator.make(8));
  CHECK(allocator.blocks.multi_counts().block_bytes == 64 + 72);
}

TEST_CASE("freed neighbours become one block whatever their order") {
  for (const auto& order : std::vector<std::vector<std::size_t>>{{0, 1, 2}, {2, 1, 0}, {0, 2, 1}}) {
    Allocator allocator;
    const std::vector<Block> blocks = {allocator.make(100), allocator.make(100),
                                       allocator.make(100)};
    const Block end = allocator.make(100);
    for (const std::size_t i : order) allocator.blocks.release(blocks[i]);
    CHECK(allocator.make(302).begin == blocks[0].begin);
    allocator.blocks.release(end);
  }
}

TEST_CASE("a block goes where it fits best in the first carrier that has room") {
  Allocator allocator;
  const Block large = allocator.make(200);
  const Block fence = allocator.make(10);
  const Block small = allocator.make(100);
  const Block end = allocator.make(10);
  allocator.blocks.release(large);
  allocator.blocks.release(small);
  CHECK(allocator.make(100).begin == small.begin);
  CHECK(allocator.make(100).begin == large.begin);
  CHECK(fence.begin < end.begin);
}

TEST_CASE("carriers grow with their number and empty ones go into the cache") {
  Allocator allocator;
  std::vector<Block> blocks;
  const std::size_t words = kSingleWords - 1;
  while (allocator.blocks.multi_counts().carriers < 4) blocks.push_back(allocator.make(words));
  CHECK(allocator.blocks.multi_counts().carrier_bytes == 7 * kMib + kEheapAlloc.mmbcs);
  for (const Block& block : blocks) allocator.blocks.release(block);
  const ErtsCounts counts = allocator.blocks.multi_counts();
  CHECK(counts.blocks == 0);
  CHECK(counts.block_bytes == 0);
  CHECK(counts.carriers == 1);  // the main carrier
  CHECK(allocator.segments.cached_bytes() == 7 * kMib);
  allocator.blocks.trim();
  CHECK(allocator.pages.mapped == kEheapAlloc.mmbcs);
}

TEST_CASE("a block of sbct bytes has a carrier of its own, and the next one gets its pages") {
  Allocator allocator;
  const Block block = allocator.make(kSingleWords);
  const ErtsCounts counts = allocator.blocks.single_counts();
  CHECK(counts.blocks == 1);
  CHECK(counts.carrier_bytes == kEheapAlloc.sbct + PageSource::kPageBytes);
  CHECK(allocator.blocks.multi_counts().carriers == 0);
  fill(block, 7);
  allocator.blocks.release(block);
  CHECK(allocator.blocks.single_counts().carriers == 0);
  CHECK(is_filled(allocator.make(kSingleWords), 7, kSingleWords));
}

TEST_CASE("allocators that share a cache share its segments") {
  CountedPages pages;
  ErtsSegments segments(pages);
  ErtsBlocks heaps(segments);
  ErtsBlocks temp(segments, kTempAlloc);
  const Block copy = temp.allocate(kSingleWords);
  temp.release(copy);
  const Block heap = heaps.allocate(kSingleWords);
  CHECK(heap.begin == copy.begin);
  CHECK(&ErtsBlocks::owner_of(heap) == &heaps);
  CHECK(&ErtsBlocks::owner_of(temp.allocate(10)) == &temp);
}

TEST_CASE("a block resized in either direction across sbct keeps its words") {
  Allocator allocator;
  Block block = allocator.make(1000);
  fill(block, 3);
  block = allocator.blocks.resize(block, 2 * kSingleWords);
  REQUIRE(block);
  CHECK(is_filled(block, 3, 1000));
  CHECK(allocator.blocks.single_counts().blocks == 1);
  fill(block, 5);
  // Less than 80% superfluous: it stays where it is, alone in a smaller carrier.
  block = allocator.blocks.resize(block, kSingleWords / 2);
  CHECK(allocator.blocks.single_counts().blocks == 1);
  CHECK(allocator.blocks.single_counts().carrier_bytes == 2 * kCarrierUnit);
  block = allocator.blocks.resize(block, 100);
  CHECK(allocator.blocks.single_counts().blocks == 0);
  CHECK(allocator.blocks.multi_counts().blocks == 1);
  CHECK(is_filled(block, 5, 100));
}

TEST_CASE("a block grows into the free block behind it and shrinks where it is") {
  Allocator allocator;
  Block block = allocator.make(1000);
  Word* const begin = block.begin;
  block = allocator.blocks.resize(block, 2000);
  CHECK(block.begin == begin);
  block = allocator.blocks.resize(block, 1500);
  CHECK(block.begin == begin);
  CHECK(allocator.blocks.multi_counts().block_bytes == 1501 * 8);
}

TEST_CASE("a block that loses more than half moves down to where it fits better") {
  Allocator allocator;
  const Block hole = allocator.make(200);
  const Block fence = allocator.make(10);
  Block block = allocator.make(1000);
  const Block end = allocator.make(10);
  fill(block, 9);
  allocator.blocks.release(hole);
  Word* const before = block.begin;
  block = allocator.blocks.resize(block, 600);
  CHECK(block.begin == before);
  block = allocator.blocks.resize(block, 150);
  CHECK(block.begin == hole.begin);
  CHECK(is_filled(block, 9, 150));
  CHECK(fence.begin < end.begin);
}

TEST_CASE("a block whose neighbour below is free slides down when it cannot grow upwards") {
  Allocator allocator;
  const Block below = allocator.make(500);
  Block block = allocator.make(1000);
  const Block above = allocator.make(10);
  fill(block, 11);
  allocator.blocks.release(below);
  block = allocator.blocks.resize(block, 1400);
  CHECK(block.begin == below.begin);
  CHECK(is_filled(block, 11, 1000));
  CHECK(above.begin > block.end());
}

TEST_CASE("random blocks of the runtime's carriers never overlap and lose no word") {
  check_property([](const std::vector<std::uint32_t>& steps) {
    struct Held {
      Block block;
      Word seed;
    };
    CountedPages pages;
    {
      ErtsSegments segments(pages, {.mcs = 3});
      ErtsBlocks blocks(segments);
      std::vector<Held> held;
      Word seed = 1;
      for (const std::uint32_t step : steps) {
        // Mostly small, some of any size around sbct.
        const std::uint32_t draw = step / 4;
        const std::size_t words = 1 + (draw % 5 == 0 ? draw % (2 * kSingleWords) : draw % 3000);
        const std::size_t at = held.empty() ? 0 : draw % held.size();
        if (step % 4 < 2 || held.empty()) {
          const Block block = blocks.allocate(words);
          RC_ASSERT(block.words == words);
          seed += 1'000'000;
          fill(block, seed);
          held.push_back({block, seed});
        } else if (step % 4 == 2) {
          const std::size_t kept = std::min(words, held[at].block.words);
          held[at].block = blocks.resize(held[at].block, words);
          RC_ASSERT(held[at].block.words == words);
          RC_ASSERT(is_filled(held[at].block, held[at].seed, kept));
          fill(held[at].block, held[at].seed);
        } else {
          RC_ASSERT(is_filled(held[at].block, held[at].seed, held[at].block.words));
          blocks.release(held[at].block);
          held.erase(held.begin() + static_cast<std::ptrdiff_t>(at));
        }
        const ErtsCounts multi = blocks.multi_counts();
        const ErtsCounts single = blocks.single_counts();
        RC_ASSERT(multi.blocks + single.blocks == held.size());
        RC_ASSERT(multi.carrier_bytes + single.carrier_bytes + segments.cached_bytes() ==
                  pages.mapped);
        for (const Held& each : held) {
          RC_ASSERT(reinterpret_cast<std::uintptr_t>(each.block.begin) % 8 == 0);
          RC_ASSERT(&ErtsBlocks::owner_of(each.block) == &blocks);
        }
      }
      for (const Held& each : held) {
        RC_ASSERT(is_filled(each.block, each.seed, each.block.words));
        blocks.release(each.block);
      }
      RC_ASSERT(blocks.multi_counts().block_bytes == 0U);
      RC_ASSERT(blocks.multi_counts().carriers <= 1U);
      RC_ASSERT(blocks.single_counts().block_bytes == 0U);
    }
    RC_ASSERT(pages.mapped == 0U);
  });
}

TEST_CASE("carriers go back to the source with their allocator, live blocks or not") {
  CountedPages pages;
  {
    ErtsSegments segments(pages);
    ErtsBlocks blocks(segments);
    for (std::size_t i = 0; i < 300; ++i) REQUIRE(blocks.allocate(kSingleWords));
    for (std::size_t i = 0; i < 300; ++i) REQUIRE(blocks.allocate(kSingleWords - 1));
  }
  CHECK(pages.mapped == 0);
}

TEST_CASE("a source that refuses at any point leaves every block as it was") {
  for (std::uint64_t budget = 0; budget < 12; ++budget) {
    Allocator allocator;
    allocator.pages.budget = budget;
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < 12; ++i) {
      Block block = allocator.blocks.allocate(i % 2 == 0 ? 60000 : kSingleWords);
      if (!block) continue;
      fill(block, i);
      if (const Block larger = allocator.blocks.resize(block, 3 * kSingleWords)) block = larger;
      CHECK(is_filled(block, i, 60000));
      blocks.push_back(block);
    }
    CHECK((budget < 2 || !blocks.empty()));
    for (const Block& block : blocks) allocator.blocks.release(block);
    allocator.blocks.trim();
    CHECK(allocator.blocks.single_counts().carriers == 0);
    CHECK(allocator.pages.mapped == allocator.blocks.multi_counts().carrier_bytes);
  }
}

TEST_CASE("a request beyond all memory is refused") {
  Allocator allocator;
  CHECK_FALSE(allocator.blocks.allocate(SIZE_MAX));
  CHECK_FALSE(allocator.blocks.allocate(SIZE_MAX / 8));
  const Block block = allocator.make(10);
  CHECK_FALSE(allocator.blocks.resize(block, SIZE_MAX));
  allocator.blocks.release(block);
  allocator.blocks.release({});
}

namespace {

// What an Erlang expression prints, on the node of this machine if it is OTP 25; else nothing.
std::string printed_by_node(const std::string& expression) {
  const std::string guarded =
      "case erlang:system_info(otp_release) of \"25\" -> " + expression + "; _ -> ok end, halt().";
  Command node({"/usr/bin/env", "erl", "+S", "1:1", "-noinput", "-eval", guarded},
               std::filesystem::temp_directory_path());
  const CommandResult result = node.wait();
  return result.code == 0 ? result.out : "";
}

std::string text(const ErtsParameters& p) {
  std::ostringstream out;
  out << p.sbct << ' ' << p.asbcst << ' ' << p.rsbcst << ' ' << p.rsbcmt << ' ' << p.rmbcmt << ' '
      << p.mmbcs << ' ' << p.mmsbc << ' ' << p.smbcs << ' ' << p.lmbcs << ' ' << p.mbcgs << '\n';
  return out.str();
}

}  // namespace

TEST_CASE("the parameters are those that a node of OTP 25 reports") {
  const std::string reported = printed_by_node(
      "Show = fun(Keys, Options) -> io:format(\"~s~n\", [lists:join(\" \", "
      "[integer_to_list(proplists:get_value(K, Options)) || K <- Keys])]) end, "
      "Alloc = fun(Name) -> [{instance, 0, I} | _] = erlang:system_info({allocator, Name}), "
      "proplists:get_value(options, I) end, "
      "Keys = [sbct, asbcst, rsbcst, rsbcmt, rmbcmt, mmbcs, mmsbc, smbcs, lmbcs, mbcgs], "
      "Show(Keys, Alloc(eheap_alloc)), Show(Keys, Alloc(temp_alloc)), "
      "Show([amcbf, rmcbf, mcs], Alloc(mseg_alloc)), "
      "Show([ycs], proplists:get_value(alloc_util, element(4, erlang:system_info(allocator)))), "
      "io:format(\"~s~n\", [proplists:get_value(as, Alloc(eheap_alloc))])");
  if (reported.empty()) SKIP_TEST("no erl of OTP 25 on this machine");
  const ErtsSegmentParameters cache;
  std::ostringstream ours;
  ours << text(kEheapAlloc) << text(kTempAlloc) << cache.amcbf << ' ' << cache.rmcbf << ' '
       << cache.mcs << '\n'
       << kSystemCarrierUnit << "\naoffcbf\n";
  CHECK(ours.str() == reported);
}

TEST_CASE("as many carriers of as many bytes are made as in a node") {
  const std::string reported = printed_by_node(
      "P = fun(N, W) -> [spawn_opt(fun() -> receive x -> ok end end, [{min_heap_size, W}]) "
      "|| _ <- lists:seq(1, N)], timer:sleep(100) end, "
      "Show = fun(S) -> {instance, 1, I} = lists:keyfind(1, 2, erlang:system_info({allocator, "
      "eheap_alloc})), C = proplists:get_value(S, I), "
      "io:format(\"~w ~w~n\", [element(2, lists:keyfind(K, 1, C)) "
      "|| K <- [carriers, carriers_size]]) end, "
      "P(400, 46422), Show(mbcs), P(300, 121536), Show(sbcs)");
  if (reported.empty()) SKIP_TEST("no erl of OTP 25 on this machine");
  Allocator allocator;
  for (int i = 0; i < 400; ++i) static_cast<void>(allocator.make(46422));
  for (int i = 0; i < 300; ++i) static_cast<void>(allocator.make(121536));
  const ErtsCounts multi = allocator.blocks.multi_counts();
  const ErtsCounts single = allocator.blocks.single_counts();
  std::ostringstream ours;
  ours << multi.carriers << ' ' << multi.carrier_bytes << '\n'
       << single.carriers << ' ' << single.carrier_bytes << '\n';
  CHECK(ours.str() == reported);
}
