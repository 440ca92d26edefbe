// Runs of addresses that are asked together.
#include <array>

#include "engine/base/address_ranges.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::AddressRange;
using beam::AddressRanges;

TEST_CASE("one range is its own hull") {
  const AddressRanges ranges = AddressRange{64, 16};
  CHECK(ranges.hull().base == 64);
  CHECK(ranges.hull().bytes == 16);
  CHECK_FALSE(ranges.contains(63));
  CHECK(ranges.contains(64));
  CHECK(ranges.contains(79));
  CHECK_FALSE(ranges.contains(80));
}

TEST_CASE("several ranges contain what one of them contains and not what lies between") {
  const std::array<AddressRange, 3> three = {AddressRange{200, 10}, {100, 10}, {150, 1}};
  const AddressRanges ranges{std::span<const AddressRange>(three)};
  CHECK(ranges.hull().base == 100);
  CHECK(ranges.hull().bytes == 110);
  for (const std::uint64_t inside : {100U, 109U, 150U, 200U, 209U}) CHECK(ranges.contains(inside));
  for (const std::uint64_t outside : {99U, 110U, 149U, 151U, 199U, 210U}) {
    CHECK_FALSE(ranges.contains(outside));
  }
}

TEST_CASE("no ranges and empty ones contain nothing and do not widen the hull") {
  CHECK(AddressRanges().empty());
  CHECK_FALSE(AddressRanges().contains(0));
  const std::array<AddressRange, 2> one = {AddressRange{0, 0}, {100, 8}};
  const AddressRanges ranges{std::span<const AddressRange>(one)};
  CHECK(ranges.hull().base == 100);
  CHECK_FALSE(ranges.contains(0));
  CHECK(AddressRanges(std::span<const AddressRange>(one).first(1)).empty());
}

}  // namespace
