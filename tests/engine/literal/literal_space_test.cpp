// Where areas lie: committed, given back, reused, merged; and what the space says of addresses.
#include <algorithm>
#include <map>
#include <vector>

#include "engine/literal/literal_space.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/readable.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kPage = LiteralSpace::kPageBytes;
constexpr std::size_t kPageWords = kPage / kWordBytes;

// A space with room for `pages` pages of areas; one more holds `{}`.
LiteralSpace space_of(std::size_t pages) { return test_space((pages + 1) * kPage); }

std::size_t pages_of(std::size_t words) {
  return std::max<std::size_t>(1, (words + kPageWords - 1) / kPageWords);
}

Word address_of(const LiteralArea& area) { return reinterpret_cast<Word>(area.start); }

// Allocates and releases at will, and knows which pages must be taken.
class SpaceUser {
 public:
  explicit SpaceUser(std::size_t pages) : space_(space_of(pages)), pages_(pages) {}

  void allocate(std::size_t words) {
    auto area = space_.allocate(words);
    if (!area) {
      RC_ASSERT(longest_free_run() < pages_of(words));
      return;
    }
    RC_ASSERT(std::all_of(area.value().start, area.value().start + words,
                          [](Word word) { return word == 0; }));
    const std::size_t first = (address_of(area.value()) - space_.range().base) / kPage;
    for (std::size_t i = 0; i < pages_of(words); ++i)
      RC_ASSERT(taken_.insert({first + i, 1}).second);
    std::fill_n(area.value().start, words, ~Word{0});
    areas_.push_back(area.value());
  }

  void release(std::size_t pick) {
    if (areas_.empty()) return;
    LiteralArea& area = areas_[pick % areas_.size()];
    const std::size_t first = (address_of(area) - space_.range().base) / kPage;
    for (std::size_t i = 0; i < pages_of(area.words); ++i) taken_.erase(first + i);
    space_.release(area);
    std::swap(area, areas_.back());
    areas_.pop_back();
  }

  void check() const {
    RC_ASSERT(space_.committed_bytes() == (1 + taken_.size()) * kPage);
    for (std::size_t page = 1; page <= pages_; ++page) {
      RC_ASSERT(space_.is_live(space_.range().base + page * kPage) == taken_.contains(page));
    }
  }

  void release_all() {
    while (!areas_.empty()) release(areas_.size() - 1);
  }
  [[nodiscard]] LiteralSpace& space() { return space_; }

 private:
  [[nodiscard]] std::size_t longest_free_run() const {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (std::size_t page = 1; page <= pages_; ++page) {
      run = taken_.contains(page) ? 0 : run + 1;
      longest = std::max(longest, run);
    }
    return longest;
  }

  LiteralSpace space_;
  std::size_t pages_;
  std::vector<LiteralArea> areas_;
  std::map<std::size_t, int> taken_;  // pages
};

}  // namespace

TEST_CASE("a literal space of no bytes or of too many is refused") {
  CHECK_FALSE(LiteralSpace::reserve(0).ok());
  const std::size_t bytes = std::size_t{1} << 47;
  const auto refused = LiteralSpace::reserve(bytes);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().value == bytes);
}

TEST_CASE("a fresh literal space has committed the page of the empty tuple only") {
  const LiteralSpace space = test_space();
  CHECK(space.committed_bytes() == kPage);
}

TEST_CASE("the empty tuple of a literal space is a live literal of arity 0") {
  const LiteralSpace space = test_space();
  CHECK(space.range().contains(space.empty_tuple().word));
  CHECK(space.is_live(space.empty_tuple().word));
  CHECK(*space.empty_tuple().pointer() == make_header(0, Subtag::kTuple));
}

TEST_CASE("an address is a literal's if and only if it is in the range") {
  const LiteralSpace space = space_of(3);
  const AddressRange range = space.range();
  CHECK(range.bytes == 4 * kPage);
  CHECK(range.contains(range.base));
  CHECK(range.contains(range.base + range.bytes - 1));
  CHECK_FALSE(range.contains(range.base - 1));
  CHECK_FALSE(range.contains(range.base + range.bytes));
}

TEST_CASE("an area lies inside the range, is zero and can be written") {
  LiteralSpace space = test_space();
  const LiteralArea area = must(space.allocate(1000));
  CHECK(space.range().contains(address_of(area)));
  CHECK(space.range().contains(address_of(area) + 1000 * kWordBytes - 1));
  CHECK(std::all_of(area.start, area.start + 1000, [](Word word) { return word == 0; }));
  area.start[999] = 7;
  CHECK(area.start[999] == 7);
}

TEST_CASE("an area knows which pointers lead into it, tags or not") {
  LiteralSpace space = test_space();
  const LiteralArea area = must(space.allocate(10));
  CHECK(area.range().contains(make_list(area.start).word));
  CHECK(area.range().contains(make_boxed(area.start + 9).word));
  CHECK_FALSE(area.range().contains(make_boxed(area.start + 10).word));
  CHECK_FALSE(area.range().contains(address_of(area) - 1));
}

TEST_CASE("an area that was released cannot be read") {
  LiteralSpace space = test_space();
  LiteralArea area = must(space.allocate(10));
  const Word* start = area.start;
  CHECK(is_readable(start));
  space.release(area);
  CHECK_FALSE(is_readable(start));
}

TEST_CASE("an area that was released is no longer live, and its neighbours are") {
  LiteralSpace space = test_space();
  const LiteralArea before = must(space.allocate(10));
  LiteralArea area = must(space.allocate(10));
  const LiteralArea after = must(space.allocate(10));
  const Word released = address_of(area);
  space.release(area);
  CHECK_FALSE(space.is_live(released));
  CHECK(space.is_live(address_of(before)));
  CHECK(space.is_live(address_of(after)));
}

TEST_CASE("releasing empties the area, and an empty area can be released again") {
  LiteralSpace space = test_space();
  LiteralArea area = must(space.allocate(10));
  space.release(area);
  CHECK(area.start == nullptr);
  CHECK(area.words == 0);
  space.release(area);
  CHECK(space.committed_bytes() == kPage);
}

TEST_CASE("an address outside of the range is not live") {
  const LiteralSpace space = test_space();
  const Word word = 0;
  CHECK_FALSE(space.is_live(make_list(&word).word));
  CHECK_FALSE(space.is_live(space.range().base + space.range().bytes));
}

TEST_CASE("the place of a released area is used again") {
  LiteralSpace space = test_space();
  LiteralArea area = must(space.allocate(10));
  const Word* start = area.start;
  std::fill_n(area.start, 10, ~Word{0});
  space.release(area);
  const LiteralArea again = must(space.allocate(10));
  CHECK(again.start == start);
  CHECK(again.start[0] == 0);
}

TEST_CASE("an area of no words has an address of its own") {
  LiteralSpace space = test_space();
  LiteralArea area = must(space.allocate(0));
  CHECK(area.start != nullptr);
  CHECK_FALSE(area.range().contains(address_of(area)));
  space.release(area);
  CHECK(space.committed_bytes() == kPage);
}

TEST_CASE("a full literal space is an error that names the words wanted") {
  LiteralSpace space = space_of(2);
  const LiteralArea area = must(space.allocate(2 * kPageWords));
  CHECK(space.is_live(address_of(area)));
  const auto refused = space.allocate(1);
  REQUIRE_FALSE(refused.ok());
  CHECK(std::string(refused.error().what) == "the literal space is full");
  CHECK(refused.error().value == 1);
}

TEST_CASE("an area larger than the literal space is refused") {
  LiteralSpace space = space_of(2);
  for (const std::size_t words : {3 * kPageWords + 1, ~std::size_t{0}}) {
    const auto refused = space.allocate(words);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().value == words);
  }
  CHECK(space.committed_bytes() == kPage);
}

TEST_CASE("an area fits exactly or not at all") {
  LiteralSpace space = space_of(4);
  LiteralArea first = must(space.allocate(2 * kPageWords));
  const LiteralArea second = must(space.allocate(2 * kPageWords));
  space.release(first);
  CHECK_FALSE(space.allocate(2 * kPageWords + 1).ok());
  CHECK(must(space.allocate(2 * kPageWords)).start + 2 * kPageWords == second.start);
}

TEST_CASE("a space can be moved, and only the new one gives it back") {
  LiteralSpace from = test_space();
  LiteralArea area = must(from.allocate(10));
  LiteralSpace to(std::move(from));
  CHECK(to.is_live(address_of(area)));
  CHECK(to.empty_tuple().pointer() == reinterpret_cast<Word*>(to.range().base));
  to.release(area);
  CHECK(to.committed_bytes() == kPage);
}

TEST_CASE("hundreds of gaps between areas are kept and filled") {
  constexpr std::size_t kAreas = 1200;
  LiteralSpace space = space_of(kAreas);
  std::vector<LiteralArea> areas;
  for (std::size_t i = 0; i < kAreas; ++i) areas.push_back(must(space.allocate(1)));
  for (std::size_t i = 0; i < kAreas; i += 2) space.release(areas[i]);
  CHECK_FALSE(space.allocate(kPageWords + 1).ok());
  for (std::size_t i = 0; i < kAreas; i += 2) areas[i] = must(space.allocate(1));
  CHECK_FALSE(space.allocate(1).ok());
  for (LiteralArea& area : areas) space.release(area);
  CHECK(space.allocate(kAreas * kPageWords).ok());
}

TEST_CASE("whatever was allocated and released, no two areas overlap and nothing is lost") {
  constexpr std::size_t kPages = 24;
  check_property([](const std::vector<std::pair<bool, std::uint16_t>>& steps) {
    SpaceUser user(kPages);
    for (const auto& [allocates, number] : steps) {
      allocates ? user.allocate(number % (5 * kPageWords)) : user.release(number);
      user.check();
    }
    user.release_all();
    user.check();
    RC_ASSERT(user.space().allocate(kPages * kPageWords).ok());
  });
}
