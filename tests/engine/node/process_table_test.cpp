// The table of processes: in order, in place, and full at its limit.
#include "engine/node/process_table.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

}  // namespace

TEST_CASE("processes stay where they are, in the order of their spawning") {
  TestMemory memory;
  ProcessTable table = must(ProcessTable::create(1000));
  std::vector<Process*> added;
  for (std::size_t i = 0; i < 1000; ++i) {
    added.push_back(must(table.add(spawn(memory, {.fullsweep_after = i}))));
  }
  for (std::size_t i = 0; i < 1000; ++i) {
    REQUIRE(&table[i] == added[i]);
    REQUIRE(table[i].options.fullsweep_after == i);
  }
}

TEST_CASE("a full process table refuses a process and frees it") {
  TestMemory memory;
  ProcessTable table = must(ProcessTable::create(2));
  must(table.add(spawn(memory)));
  must(table.add(spawn(memory)));
  const auto refused = table.add(spawn(memory));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().value == 2);
  CHECK(table.size() == 2);
  CHECK(memory.live_bytes() == 2 * 233 * kWordBytes);
}

TEST_CASE("a process table of no places or of too many is refused") {
  CHECK_FALSE(ProcessTable::create(0).ok());
  CHECK_FALSE(ProcessTable::create(std::size_t{1} << 48).ok());
  for (std::size_t entry = 2; entry < 64; ++entry) {
    CHECK_FALSE(ProcessTable::create(~std::size_t{0} / entry + 2).ok());
  }
}

TEST_CASE("a process table that goes frees its processes") {
  TestMemory memory;
  {
    ProcessTable from = must(ProcessTable::create(10));
    must(from.add(spawn(memory)));
    const ProcessTable to(std::move(from));
    CHECK(to.size() == 1);
    CHECK(memory.live_bytes() != 0);
  }
  CHECK(memory.live_bytes() == 0);
}
