// Purge strategies by name.
#include <set>
#include <string_view>

#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"

TEST_CASE("the strategy of the runtime is registered as otp") {
  REQUIRE(beam::find_strategy("otp") != nullptr);
  CHECK(beam::find_strategy("otp") == beam::purge_strategies().front().strategy);
}

TEST_CASE("a strategy that does not exist is not found") {
  CHECK(beam::find_strategy("") == nullptr);
  CHECK(beam::find_strategy("ot") == nullptr);
  CHECK(beam::find_strategy("otp ") == nullptr);
}

TEST_CASE("every strategy has a name of its own, a summary and an implementation") {
  std::set<std::string_view> names;
  for (const beam::StrategyEntry& entry : beam::purge_strategies()) {
    CHECK(names.insert(entry.name).second);
    CHECK_FALSE(entry.summary.empty());
    CHECK(entry.strategy == beam::find_strategy(entry.name));
  }
}
