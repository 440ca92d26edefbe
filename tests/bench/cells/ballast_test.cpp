#include <string>

#include "bench/cells/ballast.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::cells::Ballast;
using bench::cells::CellMemory;

constexpr std::uint64_t kPages = 1000;
constexpr std::uint64_t kBytes = kPages * Ballast::kPageBytes;
constexpr std::uint64_t kBefore = 3 << 20;

// Readings that show `bytes` everywhere.
CellMemory readings(std::uint64_t bytes) {
  CellMemory memory;
  memory.resident_before = kBefore;
  memory.resident_after = kBefore + bytes;
  memory.resident_peak = kBefore + bytes;
  memory.resident_settled = {{0, kBefore + bytes}, {100, kBefore + bytes}};
  memory.resident_collected = kBefore + bytes;
  memory.resident_trimmed = kBefore + bytes;
  return memory;
}

bench::cells::Instruments& instruments() {
  static bench::cells::Instruments real;
  return real;
}

}  // namespace

TEST_CASE("readings that show the touched pages within one percent pass") {
  Ballast ballast;
  REQUIRE(ballast.reserve(kPages));
  ballast.touch(instruments());
  CHECK(ballast.check(readings(kBytes)).ok());
  CHECK(ballast.check(readings(kBytes + kBytes / 101)).ok());
  CHECK(ballast.check(readings(kBytes - kBytes / 101)).ok());
}

TEST_CASE("each reading that does not show the touched pages fails by its name") {
  Ballast ballast;
  REQUIRE(ballast.reserve(kPages));
  ballast.touch(instruments());
  const auto fault = [&](auto spoil) {
    CellMemory memory = readings(kBytes);
    spoil(memory);
    const auto checked = ballast.check(memory);
    REQUIRE_FALSE(checked.ok());
    return std::string(checked.error().what);
  };
  constexpr std::uint64_t kWrong = kBefore + kBytes + kBytes / 50;
  CHECK(fault([](auto& m) { m.resident_after = kWrong; }).starts_with("resident_after "));
  CHECK(fault([](auto& m) { m.resident_peak = kWrong; }).starts_with("resident_peak "));
  CHECK(fault([](auto& m) {
          m.resident_settled[0].resident = kWrong;
        }).starts_with("resident_settled "));
  CHECK(fault([](auto& m) { m.resident_collected = 0; }).starts_with("resident_collected "));
  CHECK(fault([](auto& m) { m.resident_trimmed = kBefore; }).starts_with("resident_trimmed "));
}

TEST_CASE("pages that were never touched fail by their page faults") {
  Ballast ballast;
  REQUIRE(ballast.reserve(kPages));
  const auto checked = ballast.check(readings(kBytes));
  REQUIRE_FALSE(checked.ok());
  CHECK(std::string(checked.error().what).starts_with("the page faults "));
}

TEST_CASE("without pages there is nothing to check") {
  Ballast ballast;
  REQUIRE(ballast.reserve(0));
  ballast.touch(instruments());
  CHECK(ballast.check({}).ok());
}

TEST_CASE("more pages than can be addressed are refused") {
  CHECK_FALSE(Ballast().reserve(~std::uint64_t{0}));
  CHECK_FALSE(Ballast().reserve(std::uint64_t{1} << 50));
}
