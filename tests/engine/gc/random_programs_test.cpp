// Random programs: whatever a process builds and drops, collections keep its heap whole and its
// graph equal to that of a process that never collects.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// Collects, and verifies what comes out.
Mutator::Collect verified(World& world) {
  return [&world](Process& process, std::size_t need, bool major) {
    const auto collected = major ? collect_major(process, need) : collect(process, need);
    RC_ASSERT(world.damage() == kNoDamage);
    return collected;
  };
}

void run_without_collecting(World& world, const Program& program) {
  world.mutator.collect_by(
      [](Process&, std::size_t, bool) { return Result<Collection>(Collection{}); });
  world.mutator.run_all(program);
}

void check_graphs(const ProcessOptions& options, bool at_every_allocation) {
  check_property([&] {
    const Program program = *programs();
    LiteralSupply supply;
    World world(supply, options);
    world.mutator.collect_by(verified(world));
    if (at_every_allocation) world.mutator.collect_at_every_allocation();
    world.mutator.run_all(program);
    World twin(supply, {}, World::kBoundless);
    run_without_collecting(twin, program);
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
  });
}

}  // namespace

TEST_CASE("collections keep the graph of any program") { check_graphs({}, false); }

TEST_CASE("collections at every allocation keep the graph of any program") {
  check_graphs({}, true);
}

TEST_CASE("collections keep the graph in the smallest heaps and with frequent full sweeps") {
  check_graphs({.min_heap_words = 12, .fullsweep_after = 2}, true);
}

TEST_CASE("a literal collection keeps the graph of any program and no pointer into the area") {
  check_property([] {
    const Program program = *programs();
    LiteralSupply supply;
    World twin(supply, {}, World::kBoundless);
    run_without_collecting(twin, program);
    World world(supply);
    world.mutator.run_all(program);
    must(collect_major(world.process));
    must(copy_literals(world.process, AreaBatch(world.area.area()), world.memory.blocks));
    world.area.release();
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
    must(collect(world.process));
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
  });
}

TEST_CASE("when a process is gone after any program, so are its blocks and its payloads") {
  check_property([] {
    const Program program = *programs();
    LiteralSupply supply;
    const std::uint64_t references = supply.references();
    TestMemory memory;
    Payloads payloads;
    {
      Process process = spawn(memory, {}, 0, supply.space().range());
      LoadedArea area(supply.space(), supply.image());
      const auto literals = supply.terms_of(area);
      Mutator(process, {&payloads, literals}).run_all(program);
      must(collect_major(process));
      must(copy_literals(process, AreaBatch(area.area()), memory.blocks));
    }
    RC_ASSERT(memory.live_bytes() == 0U);
    RC_ASSERT(payloads.references() == 0U);
    RC_ASSERT(supply.references() == references);
  });
}
