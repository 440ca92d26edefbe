// Areas in the literal collector: one at a time, and freed one round late.
#include <vector>

#include "engine/node/literal_collector.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

class TestCollector {
 public:
  explicit TestCollector(std::size_t areas) {
    for (std::size_t i = 0; i < areas; ++i) enqueue();
  }
  void enqueue() {
    const LiteralArea area = must(space.allocate(10));
    starts.push_back(area.start);
    must(collector.make_room());
    collector.enqueue(area);
  }
  bool release_area_switch() { return collector.release_area_switch(space); }
  [[nodiscard]] std::size_t freed() const {
    std::size_t count = 0;
    for (const Word* start : starts) count += space.is_live(make_boxed(start).word) ? 0U : 1U;
    return count;
  }
  // How many areas are freed after each round.
  [[nodiscard]] std::vector<std::size_t> freed_by_round() {
    std::vector<std::size_t> counts;
    bool more = release_area_switch();
    while (more) {
      more = release_area_switch();
      counts.push_back(freed());
    }
    return counts;
  }

  LiteralSpace space = test_space();
  LiteralCollector collector;
  std::vector<const Word*> starts;
};

}  // namespace

TEST_CASE("an area is freed only after the round of the next one and the last two go together") {
  using Counts = std::vector<std::size_t>;
  CHECK(TestCollector(1).freed_by_round() == Counts{1});
  CHECK(TestCollector(2).freed_by_round() == Counts{0, 2});
  CHECK(TestCollector(3).freed_by_round() == Counts{0, 1, 3});
  CHECK(TestCollector(4).freed_by_round() == Counts{0, 1, 2, 4});
}

TEST_CASE("areas are collected in the order in which they were queued") {
  TestCollector test(3);
  for (std::size_t i = 0; i < 3; ++i) {
    REQUIRE(test.release_area_switch());
    CHECK(test.collector.copy_areas()->areas()[0].start == test.starts[i]);
    CHECK(test.collector.queued() == 2 - i);
  }
  CHECK_FALSE(test.release_area_switch());
  CHECK(test.collector.copy_areas() == nullptr);
  CHECK(test.collector.idle());
}

TEST_CASE("an area that is queued during the last round gets a round of its own") {
  TestCollector test(1);
  REQUIRE(test.release_area_switch());
  test.enqueue();
  CHECK_FALSE(test.collector.idle());
  REQUIRE(test.release_area_switch());
  CHECK(test.freed() == 0);
  CHECK_FALSE(test.release_area_switch());
  CHECK(test.freed() == 2);
}

TEST_CASE("a switch without areas does nothing") {
  TestCollector test(0);
  CHECK_FALSE(test.release_area_switch());
  CHECK(test.collector.idle());
}

TEST_CASE("a literal collector that is moved takes its areas along") {
  TestCollector test(2);
  REQUIRE(test.release_area_switch());
  LiteralCollector moved(std::move(test.collector));
  REQUIRE(moved.copy_areas() != nullptr);
  CHECK(moved.copy_areas()->areas()[0].start == test.starts[0]);
  CHECK(moved.release_area_switch(test.space));
  CHECK_FALSE(moved.release_area_switch(test.space));
  CHECK(test.freed() == 2);
}

TEST_CASE("with several areas per round the oldest go together and each batch waits for the next") {
  using Counts = std::vector<std::size_t>;
  const auto freed_by_twos = [](std::size_t areas) {
    TestCollector test(areas);
    test.collector.set_areas_per_round(2);
    return test.freed_by_round();
  };
  CHECK(freed_by_twos(1) == Counts{1});
  CHECK(freed_by_twos(2) == Counts{2});
  CHECK(freed_by_twos(3) == Counts{0, 3});
  CHECK(freed_by_twos(5) == Counts{0, 2, 5});
  TestCollector test(3);
  test.collector.set_areas_per_round(2);
  REQUIRE(test.release_area_switch());
  CHECK(test.collector.copy_areas()->areas().size() == 2);
  CHECK(test.collector.copy_areas()->areas()[1].start == test.starts[1]);
  CHECK(test.collector.queued() == 1);
}
