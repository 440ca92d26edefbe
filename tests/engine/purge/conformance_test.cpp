// What every purge strategy has to do, whichever it is: a strategy is in here by its line in the
// registry.
#include <string>

#include "engine/gc/collect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// Two processes that ran the same program over areas of their own.
struct Twins {
  explicit Twins(const Program& program, ProcessOptions options = {})
      : world(supply, options), twin(supply, options) {
    world.mutator.run_all(program);
    twin.mutator.run_all(program);
  }
  // One of them loses its area, which cannot be read any more.
  PurgeWork purge(const StrategyEntry& entry) {
    PurgeObserver observer;
    const PurgeWork work =
        must(purge_one(*entry.strategy, world.process, AreaBatch(world.area.area()),
                       world.memory.blocks, observer));
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

template <class Check>
void for_each_strategy(Check check) {
  for (const StrategyEntry& entry : purge_strategies()) {
    DYNAMIC_SECTION(entry.name) { check(entry); }
  }
}

}  // namespace

TEST_CASE("any process is free of its references, and holds what it held") {
  for_each_strategy([](const StrategyEntry& entry) {
    check_property([&entry] {
      Twins twins(*programs());
      twins.purge(entry);
      twins.check_equal();
    });
  });
}

TEST_CASE("a process goes on after a purge as if there had been none") {
  for_each_strategy([](const StrategyEntry& entry) {
    check_property([&entry] {
      Twins twins(*programs());
      twins.purge(entry);
      const Program later =
          *programs_of({StepKind::kList, StepKind::kTuple, StepKind::kForget, StepKind::kDrop,
                        StepKind::kRemember, StepKind::kMinor, StepKind::kMajor});
      twins.world.mutator.run_all(later);
      twins.twin.mutator.run_all(later);
      twins.check_equal();
    });
  });
}
