#include "bench/validate/model.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/wrapped_strategy.hpp"

namespace bench::validate {
namespace {

TEST_CASE("the model has room for every large binary that a program makes") {
  std::string text;
  for (std::size_t i = 0; i < kMaxSteps; ++i) text += "payload 0 10000000\n";
  const auto program = parse_program(text, "large");
  REQUIRE(program);
  const auto heaps = run_in_model(program.value(), {}, {});
  REQUIRE(heaps);
  CHECK(heaps.value().size() == kMaxSteps);
}

TEST_CASE("the model frees literals by the strategy that was given") {
  const auto program = parse_program("keep 0 5\nforget 0\n", "forgetful");
  REQUIRE(program);
  const beam_test::CountingStrategy strategy;
  REQUIRE(run_in_model(program.value(), {}, {.strategy = &strategy}));
  CHECK(strategy.purges() == 1);
}

}  // namespace
}  // namespace bench::validate
