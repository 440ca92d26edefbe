#include <algorithm>

#include "bench/validate/random_programs.hpp"
#include "bench/validate/shrink.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace bench;
using namespace bench::validate;

// Fails where `fails` says so.
FirstFailing failing_where(bool (*fails)(const Program&)) {
  return [fails](std::span<const Program> programs) -> Outcome<std::size_t> {
    return static_cast<std::size_t>(std::ranges::find_if(programs, fails) - programs.begin());
  };
}

bool has(const Program& program, Op op) {
  return std::ranges::find(program.steps, op, &Step::op) != program.steps.end();
}

bool puts_and_collects(const Program& program) {
  return has(program, Op::kPut) && has(program, Op::kMajor);
}

TEST_CASE("a failing program is shrunk to the steps that make it fail") {
  std::size_t shrunk = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const Program program = random_program(3, i);
    if (!puts_and_collects(program)) continue;
    ++shrunk;
    const auto smallest = shrink(program, failing_where(puts_and_collects));
    REQUIRE(smallest);
    CHECK(smallest.value().steps.size() == 2);
    CHECK(puts_and_collects(smallest.value()));
    CHECK(smallest.value().modules.empty());
    CHECK(smallest.value().max_heap == 0);
  }
  CHECK(shrunk > 5);
}

TEST_CASE("the lists of a failing program become as short as they can") {
  const auto program = parse_program("list 0 5000\ntuple 1 0 0 0\nmajor\n", "p");
  REQUIRE(program);
  const auto smallest = shrink(program.value(), failing_where([](const Program& tried) {
                                 return std::ranges::any_of(tried.steps, [](const Step& step) {
                                   return step.op == Op::kList && step.arguments[1] > 700;
                                 });
                               }));
  REQUIRE(smallest);
  CHECK(program_text(smallest.value()) == "list 0 701\n");
}

TEST_CASE("what a failing program builds and takes becomes as small as it can") {
  const auto program =
      parse_program("payload 0 5000\nmatch 0\ntake 1 900\nmap 2 300\nmajor\n", "p");
  REQUIRE(program);
  const auto smallest =
      shrink(program.value(), failing_where([](const Program& tried) {
               return has(tried, Op::kPayload) && has(tried, Op::kTake) && has(tried, Op::kMap);
             }));
  REQUIRE(smallest);
  CHECK(program_text(smallest.value()) == "payload 0 65\ntake 1 1\nmap 2 1\n");
}

TEST_CASE("shrinking ends when the programs cannot be run") {
  const auto smallest =
      shrink(random_program(3, 1),
             [](std::span<const Program>) -> Outcome<std::size_t> { return Failure{"no BEAM"}; });
  REQUIRE_FALSE(smallest);
  CHECK(smallest.failure().sentence == "no BEAM");
}

}  // namespace
