// Many processes from few: turns taken one by one.
#include <algorithm>
#include <vector>

#include "bench/predict/node_memory.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using bench::predict::HolderStage;
using bench::predict::MemoryUse;
using bench::predict::NodeMemory;

// The peak when every process takes its turn by itself.
std::uint64_t peak_by_turns(const std::vector<HolderStage>& kinds) {
  std::uint64_t live = 0;
  for (const auto& kind : kinds) live += kind.count * kind.before.reserved;
  std::uint64_t most = live;
  for (const auto& kind : kinds) {
    for (std::uint64_t i = 0; i < kind.count; ++i) {
      most = std::max(most, live - kind.before.reserved + kind.peak.reserved);
      live = live - kind.before.reserved + kind.after.reserved;
    }
  }
  return most;
}

HolderStage stage(std::uint64_t count, std::uint64_t before, std::uint64_t peak,
                  std::uint64_t after) {
  return {count, {before, before}, {peak, peak}, {after, after}};
}

TEST_CASE("a process that grows is at its peak beside all that grew before it") {
  NodeMemory memory;
  const std::vector kinds = {stage(3, 10, 100, 50)};
  memory.add_stage(kinds);
  CHECK(memory.before().reserved == 30);
  CHECK(memory.after().reserved == 150);
  CHECK(memory.peak().reserved == 2 * 50 + 100);
}

TEST_CASE("a process that shrinks is at its peak before any other shrank") {
  NodeMemory memory;
  const std::vector kinds = {stage(3, 50, 60, 10)};
  memory.add_stage(kinds);
  CHECK(memory.peak().reserved == 2 * 50 + 60);
  CHECK(memory.after().reserved == 30);
}

TEST_CASE("before is that of the first stage and after that of the last") {
  NodeMemory memory;
  memory.add_stage(std::vector{stage(2, 10, 100, 50)});
  memory.add_stage(std::vector{stage(2, 50, 55, 20)});
  CHECK(memory.before().touched == 20);
  CHECK(memory.peak().touched == 150);
  CHECK(memory.after().touched == 40);
}

TEST_CASE("counting by kinds gives the peak of turns taken one by one") {
  check_property([] {
    std::vector<HolderStage> kinds(*rc::gen::inRange<std::size_t>(1, 6));
    for (auto& kind : kinds) {
      const auto before = *rc::gen::inRange<std::uint64_t>(0, 1000);
      const auto after = *rc::gen::inRange<std::uint64_t>(0, 1000);
      const auto above = *rc::gen::inRange<std::uint64_t>(0, 1000);
      const auto count = *rc::gen::inRange<std::uint64_t>(0, 20);
      kind = stage(count, before, std::max(before, after) + above, after);
    }
    NodeMemory memory;
    memory.add_stage(kinds);
    RC_ASSERT(memory.peak().reserved == peak_by_turns(kinds));
    RC_ASSERT(memory.peak().touched == memory.peak().reserved);
  });
}

}  // namespace
