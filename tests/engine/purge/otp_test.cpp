// The strategy `otp`, step by step: scan, major collection, literal collection.
#include <vector>

#include "engine/gc/collect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

class PhaseRecorder final : public PurgeObserver {
 public:
  void phase_begins(PurgePhase phase) noexcept override { phases.push_back(phase); }
  std::vector<PurgePhase> phases;
};

// One process and the old area of 98 words with ten literals of 8.
struct OnePurge {
  explicit OnePurge(ProcessOptions options = {})
      : process(spawn(memory, options, 0, space.range())) {}

  Result<PurgeWork> purge() {
    return purge_one("otp", process, area.area(), temp.blocks, recorder);
  }

  LiteralSpace space = test_space();
  AreaImage image = records_image(10, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
  TestMemory temp;
  PhaseRecorder recorder;
  Process process;
};

}  // namespace

TEST_CASE("otp scans a process that holds nothing and leaves it as it is") {
  OnePurge one;
  REQUIRE(one.process.push(small_list(TermRoom(one.process), 10)));
  const HeapShape before = shape_of(one.process);
  CHECK(must(one.purge()) == PurgeWork{.scanned_words = 22});
  CHECK(shape_of(one.process) == before);
  CHECK(one.recorder.phases == std::vector{PurgePhase::kScan});
  CHECK(one.temp.ledger.counts().allocations == 0);
}

TEST_CASE("otp scans, collects and copies a process that holds a literal") {
  OnePurge one;
  REQUIRE(one.process.push(small_list(TermRoom(one.process), 10)));
  small_list(TermRoom(one.process), 10);
  REQUIRE(one.process.push(one.area.literal(2)));
  CHECK(must(one.purge()) == PurgeWork{.holders = 1,
                                       .scanned_words = 1,
                                       .copied_words = 20,
                                       .copied_literal_words = 8,
                                       .temp_copied_words = 98});
  CHECK(one.recorder.phases ==
        std::vector{PurgePhase::kScan, PurgePhase::kCollect, PurgePhase::kCopy});
  CHECK(one.process.total_heap_words() == 233 + 142);
}

TEST_CASE("otp dissolves the old heap before it makes one of the area's size") {
  OnePurge one;
  REQUIRE(one.process.push(small_list(TermRoom(one.process), 40)));
  must(collect(one.process));
  must(collect(one.process));
  REQUIRE(one.process.old_used_words() == 80);
  must(one.process.put_dictionary(one.area.literal(2)));
  must(one.purge());
  CHECK(one.process.used_words() == 80);
  CHECK(one.process.old.words == 142);
  CHECK(one.process.minor_collections == 0);
}

TEST_CASE("otp makes the old block even if only garbage referred to the area") {
  OnePurge one;
  cons(TermRoom(one.process), one.area.literal(2), kNil);
  const PurgeWork work = must(one.purge());
  CHECK(work.holders == 1);
  CHECK(work.copied_literal_words == 0);
  CHECK(one.process.old.words == 142);
}

TEST_CASE("otp counts a process that its major collection kills, and copies nothing for it") {
  OnePurge one({.max_heap_words = 465});
  REQUIRE(one.process.push(one.area.literal(2)));
  CHECK(must(one.purge()) == PurgeWork{.holders = 1, .killed = 1, .scanned_words = 1});
  CHECK(one.recorder.phases == std::vector{PurgePhase::kScan, PurgePhase::kCollect});
}

TEST_CASE("otp counts a process that its literal collection kills") {
  // 466 for the major collection; 233 + 142 for this one never is more.
  OnePurge one({.max_heap_words = 466});
  const AreaImage large = records_image(200, 100, 40818);
  const LoadedArea area(one.space, large);
  REQUIRE(one.process.push(area.literal(2)));
  const PurgeWork work =
      must(purge_one("otp", one.process, area.area(), one.temp.blocks, one.recorder));
  CHECK(work.killed == 1);
  CHECK(work.copied_literal_words == 0);
  CHECK(one.process.killed);
  CHECK(one.recorder.phases.back() == PurgePhase::kCopy);
}

TEST_CASE("otp takes the temporary copy from the temporary memory and gives it back") {
  OnePurge one;
  REQUIRE(one.process.push(one.area.literal(2)));
  must(one.purge());
  CHECK(one.temp.ledger.counts().peak_bytes == 98 * kWordBytes);
  CHECK(one.temp.live_bytes() == 0);
}

TEST_CASE("otp without memory is an error, and the process keeps its literals") {
  for (std::uint64_t budget = 0; budget < 2; ++budget) {
    OnePurge one;
    REQUIRE(one.process.push(one.area.literal(2)));
    one.memory.blocks.set_budget(budget);
    CHECK_FALSE(one.purge().ok());
    CHECK(one.process.stack_term(0) == one.area.literal(2));
    CHECK(damage(one.process, &one.space) == kNoDamage);
  }
}

TEST_CASE("otp frees any process of its references and keeps its graph") {
  check_property([] {
    const Program program = *programs();
    LiteralSupply supply;
    World world(supply);
    World twin(supply);
    world.mutator.run_all(program);
    twin.mutator.run_all(program);
    PurgeObserver observer;
    must(purge_one("otp", world.process, world.area.area(), world.memory.blocks, observer));
    world.area.release();
    RC_ASSERT(world.damage() == kNoDamage);
    RC_ASSERT(same_roots(world.process, twin.process));
  });
}

TEST_CASE("work adds up field by field, and of tables the largest counts") {
  PurgeWork total{1, 2, 3, 4, 5, 6, 7, 80};
  total.add({10, 20, 30, 40, 50, 60, 70, 8});
  CHECK(total == PurgeWork{11, 22, 33, 44, 55, 66, 77, 80});
  total.add({0, 0, 0, 0, 0, 0, 0, 81});
  CHECK(total.table_words == 81);
}
