// The model beside the erl of this machine, where it is of the modelled release.
#include <algorithm>

#include "bench/validate/named_programs.hpp"
#include "bench/validate/random_programs.hpp"
#include "bench/validate/validation.hpp"
#include "engine/gc/collect.hpp"
#include "engine/purge/process_scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/wrapped_strategy.hpp"

namespace {

using namespace bench;
using namespace bench::validate;
using bench::matrix::Interrupts;

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

constexpr std::size_t kSize376 = 6;

// The sizes, one of them a word too large.
std::vector<std::uint64_t> planted_sizes(std::size_t wrong) {
  std::vector<std::uint64_t> sizes(beam::kBlockSizes.begin(), beam::kBlockSizes.end());
  ++sizes[wrong];
  return sizes;
}

// Whether a model with these rules differs anywhere from what was observed.
bool differs(std::span<const Program> programs, const Observed& observed, const ModelRules& rules) {
  const auto comparisons = compare_programs(programs, observed, rules);
  REQUIRE(comparisons);
  return std::ranges::any_of(comparisons.value(), [](const validate::Comparison& each) {
    return each.differences() != 0;
  });
}

TEST_CASE("one wrong block size or old-block rule is noticed by named and by random programs") {
  const Interrupts interrupts;
  const auto beam = RealBeam::find(std::nullopt, interrupts);
  if (!beam) SKIP_TEST("no erl of OTP 25 on this machine");
  for (const auto& programs : {named_programs(), random_programs(30, 100)}) {
    const auto observed = beam.value().run(programs);
    REQUIRE(observed);
    CHECK_FALSE(differs(programs, observed.value(), {}));
    for (std::size_t wrong = kSize376; wrong < kSize376 + 4; ++wrong) {
      const auto sizes = planted_sizes(wrong);
      CHECK(differs(programs, observed.value(), {{.sizes = sizes}}));
    }
    CHECK(differs(programs, observed.value(), {{.first_old_steps = 0}}));
    CHECK(differs(programs, observed.value(), {{.first_old_steps = 2}}));
    CHECK(differs(programs, observed.value(), {{.literal_old_steps = 1}}));
  }
}

// Purges as if the scan ignored garbage: a process in which it hits is collected and scanned again.
// With minor collections only garbage of the old heap counts.
struct IgnoresGarbage {
  beam::Request request;

  beam::Result<beam::PurgeWork> operator()(beam::Purge& otp, beam::Process& process,
                                           const beam::ProcessHits& hits,
                                           const beam::PurgeWorker& worker,
                                           const beam::AreaBatch& areas) const noexcept {
    BEAM_CHECK(beam::collect_on_request(process, request));
    if (process.killed) return beam::PurgeWork{.killed = 1};
    if (!beam::scan_for_literals(process, areas.ranges()).found) return beam::PurgeWork{};
    return otp.visit(process, hits, worker);
  }
};

std::vector<Program> programs_of_group(std::string_view group) {
  std::vector<Program> programs = named_programs();
  std::erase_if(programs, [&](const Program& each) {
    return !each.name.starts_with(std::string(group) + "/");
  });
  return programs;
}

TEST_CASE("a purge that ignores garbage is noticed by the programs of dead references") {
  const Interrupts interrupts;
  const auto beam = RealBeam::find(std::nullopt, interrupts);
  if (!beam) SKIP_TEST("no erl of OTP 25 on this machine");
  const auto programs = programs_of_group("dead");
  const auto observed = beam.value().run(programs);
  REQUIRE(observed);
  CHECK_FALSE(differs(programs, observed.value(), {}));
  for (const auto request : {beam::Request::kMinor, beam::Request::kMajor}) {
    const beam_test::OtpWith strategy(IgnoresGarbage{request});
    CHECK(differs(programs, observed.value(), {.strategy = &strategy}));
  }
}

TEST_CASE("a random program that differs is shrunk to a few lines that differ again") {
  const Interrupts interrupts;
  const auto beam = RealBeam::find(std::nullopt, interrupts);
  if (!beam) SKIP_TEST("no erl of OTP 25 on this machine");
  const auto sizes = planted_sizes(kSize376);
  const ModelRules wrong{{.sizes = sizes}};
  const std::vector programs = random_programs(30, 30);
  const auto verdict = validate::validate({}, programs, beam.value(), wrong);
  REQUIRE(verdict);
  CHECK(verdict.value().differences() != 0);
  REQUIRE_FALSE(verdict.value().counterexamples.empty());
  const Counterexample& smallest = verdict.value().counterexamples.front();
  const std::string text = program_text(smallest.program);
  INFO(text);
  CHECK(smallest.program.steps.size() <= 3);
  CHECK(verdict_table(verdict.value(), 80).find(text) != std::string::npos);

  const auto again = parse_program(text, "again");
  REQUIRE(again);
  const std::vector shrunk{again.value()};
  const auto planted = validate::validate({}, shrunk, beam.value(), wrong);
  const auto right = validate::validate({}, shrunk, beam.value());
  REQUIRE(planted);
  REQUIRE(right);
  CHECK(planted.value().differences() == smallest.comparison.differences());
  CHECK(right.value().differences() == 0);
}

}  // namespace
