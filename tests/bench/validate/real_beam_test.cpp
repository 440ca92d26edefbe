// The model beside the erl of this machine, where it is of the modelled release.
#include "bench/validate/named_programs.hpp"
#include "bench/validate/random_programs.hpp"
#include "bench/validate/validation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/skip.hpp"

namespace {

using namespace bench;
using namespace bench::validate;

// Checks that the model has what erl has.
void check_equal(std::span<const ModuleSpec> areas, std::span<const Program> programs,
                 const RealBeam& beam) {
  const auto verdict = validate::validate(areas, programs, beam);
  INFO((verdict ? verdict_table(verdict.value(), 80) : verdict.failure().sentence));
  REQUIRE(verdict);
  CHECK(verdict.value().differences() == 0);
  CHECK(verdict.value().comparisons.size() == areas.size() + programs.size());
}

std::vector<Program> random_programs(std::uint64_t seed, std::uint64_t count) {
  std::vector<Program> programs;
  for (std::uint64_t i = 0; i < count; ++i) programs.push_back(random_program(seed, i));
  return programs;
}

TEST_CASE("every heap and area of the named set is what the real BEAM has") {
  const Interrupts interrupts;
  const auto beam = RealBeam::find(std::nullopt, interrupts);
  if (!beam) SKIP_TEST("no erl of OTP 25 on this machine");
  check_equal(named_areas(), named_programs(), beam.value());
}

TEST_CASE("every heap of 200 random programs is what the real BEAM has") {
  const Interrupts interrupts;
  const auto beam = RealBeam::find(std::nullopt, interrupts);
  if (!beam) SKIP_TEST("no erl of OTP 25 on this machine");
  check_equal({}, random_programs(20, 200), beam.value());
}

}  // namespace
