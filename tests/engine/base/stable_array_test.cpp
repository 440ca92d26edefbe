// Elements that stay where they are.
#include "engine/base/stable_array.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// Three words that count how many of them there are.
struct Counted {
  explicit Counted(int& there) noexcept : count(there) { ++count; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --count; }

  int& count;
  std::uint64_t words[2] = {};
};

}  // namespace

TEST_CASE("elements of a stable array stay where they are until there is no more room") {
  int there = 0;
  auto array = must(StableArray<Counted>::reserve(1000));
  CHECK(array.capacity() == 1000);
  Counted* const first = array.emplace_back(there);
  for (int i = 1; i < 1000; ++i) REQUIRE(array.emplace_back(there) != nullptr);
  CHECK(&array[0] == first);
  CHECK(&array[999] == first + 999);
  CHECK(array.emplace_back(there) == nullptr);
  CHECK(array.size() == 1000);
  CHECK(array.capacity() == 1000);
}

TEST_CASE("a stable array that is moved leaves none behind and one that goes ends its elements") {
  int there = 0;
  {
    auto from = must(StableArray<Counted>::reserve(2));
    auto to = must(StableArray<Counted>::reserve(2));
    REQUIRE(from.emplace_back(there) != nullptr);
    REQUIRE(to.emplace_back(there) != nullptr);
    REQUIRE(to.emplace_back(there) != nullptr);
    to = std::move(from);
    CHECK(there == 1);
    CHECK(to.size() == 1);
    StableArray<Counted> last(std::move(to));
    CHECK(last.size() == 1);
    CHECK(there == 1);
  }
  CHECK(there == 0);
}

TEST_CASE("a stable array of no elements or of more than there are addresses is refused") {
  CHECK_FALSE(StableArray<Counted>::reserve(0).ok());
  for (std::size_t size = 2; size < 64; ++size) {
    CHECK_FALSE(StableArray<Counted>::reserve(~std::size_t{0} / size + 2).ok());
  }
  CHECK(StableArray<Counted>().size() == 0);
  CHECK(StableArray<Counted>().capacity() == 0);
}
