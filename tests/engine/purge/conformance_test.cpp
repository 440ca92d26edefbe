// What every purge strategy has to do, whichever it is. A strategy is held to all of this by its
// line in the registry.
#include <string>

#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// Steps of a process that runs on after a purge, and gets no more of the area.
rc::Gen<Program> later_programs() {
  return programs_of({StepKind::kList, StepKind::kTuple, StepKind::kHeapBinary,
                      StepKind::kCountedBinary, StepKind::kSubBinary, StepKind::kMatchState,
                      StepKind::kForget, StepKind::kDrop, StepKind::kRemember, StepKind::kMinor,
                      StepKind::kMajor});
}

// Two processes that ran the same program, over areas of their own.
struct Twins {
  explicit Twins(const Program& program, ProcessOptions options = {})
      : world(supply, options), twin(supply, options) {
    run(program);
  }
  void run(const Program& program) {
    world.mutator.run_all(program);
    twin.mutator.run_all(program);
  }
  Result<PurgeWork> try_to_purge(const StrategyEntry& entry) {
    PurgeObserver observer;
    return purge_one(*entry.strategy, world.process, AreaBatch(world.area.area()),
                     world.memory.blocks, observer);
  }
  // One of them loses its area, which cannot be read any more.
  PurgeWork purge(const StrategyEntry& entry) {
    const PurgeWork work = must(try_to_purge(entry));
    world.area.release();
    return work;
  }
  void check_equal() {
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
  }

  LiteralSupply supply;
  World world;
  World twin;
};

// Checks a property of every strategy.
template <class Check>
void each_strategy(Check check) {
  for (const StrategyEntry& entry : purge_strategies()) {
    INFO(entry.name);
    check_property([&] { check(entry); });
  }
}

}  // namespace

TEST_CASE("any strategy: a process is free of its references, and holds what it held") {
  each_strategy([](const StrategyEntry& entry) {
    Twins twins(*programs());
    twins.purge(entry);
    twins.check_equal();
  });
}

TEST_CASE("any strategy: a process goes on after a purge as if there had been none") {
  each_strategy([](const StrategyEntry& entry) {
    Twins twins(*programs());
    twins.purge(entry);
    twins.run(*later_programs());
    twins.check_equal();
  });
}

TEST_CASE("any strategy: a second purge of the same process finds nothing") {
  each_strategy([](const StrategyEntry& entry) {
    Twins twins(*programs());
    must(twins.try_to_purge(entry));
    const PurgeWork again = must(twins.try_to_purge(entry));
    RC_ASSERT(again.holders == 0U);
    RC_ASSERT(again.copied_literal_words == 0U);
    twins.world.area.release();
    twins.check_equal();
  });
}

TEST_CASE("any strategy: copies count the payloads of the area once for each, and let them go") {
  each_strategy([](const StrategyEntry& entry) {
    Twins twins(*programs());
    const std::uint64_t loaded = twins.supply.references();
    twins.purge(entry);
    must(collect_major(twins.world.process));
    must(collect_major(twins.twin.process));
    // The area's own references are gone; what the process holds of it, it has taken.
    LiteralSupply& supply = twins.supply;
    twins.world.process.free_heaps();
    const std::uint64_t without = supply.references();
    RC_ASSERT(without < loaded);
    twins.twin.process.free_heaps();
    RC_ASSERT(supply.references() == without);
    twins.twin.area.release();
    RC_ASSERT(without - supply.references() == loaded - without);
  });
}

TEST_CASE("any strategy: without memory at any allocation a process is whole, and can try again") {
  each_strategy([](const StrategyEntry& entry) {
    const Program program = *programs();
    for (std::uint64_t budget = 0;; ++budget) {
      Twins twins(program);
      twins.world.memory.blocks.set_budget(budget);
      const bool purged = twins.try_to_purge(entry).ok();
      twins.world.memory.blocks.set_budget(FailingBlocks::kNever);
      twins.check_equal();
      twins.purge(entry);
      twins.check_equal();
      if (purged) break;
    }
  });
}

TEST_CASE("any strategy: a hibernated process sleeps on, with what it held") {
  each_strategy([](const StrategyEntry& entry) {
    Twins twins(*programs());
    for (Process* process : {&twins.world.process, &twins.twin.process}) {
      must(hibernate(*process, process->stack_term(0)));
    }
    twins.purge(entry);
    RC_ASSERT(twins.world.process.hibernated);
    twins.check_equal();
    twins.run(*later_programs());
    twins.check_equal();
  });
}

TEST_CASE(
    "any strategy: a limit that kills leaves nothing behind, one that does not changes nothing") {
  each_strategy([](const StrategyEntry& entry) {
    const Program program = *programs();
    const bool kills = *rc::gen::arbitrary<bool>();
    Twins twins(program);
    twins.world.process.options.max_heap_words = *rc::gen::inRange<std::size_t>(233, 2000);
    twins.world.process.options.kill_above_max = kills;
    const PurgeWork work = must(twins.try_to_purge(entry));
    RC_ASSERT(work.killed == (twins.world.process.killed ? 1U : 0U));
    if (twins.world.process.killed) {
      RC_ASSERT(kills);
      twins.world.process.free_heaps();
      RC_ASSERT(twins.world.memory.live_bytes() == 0U);
    } else {
      twins.world.area.release();
      twins.check_equal();
    }
  });
}
