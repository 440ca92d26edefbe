// Moving words: pointers into the old place follow, all else stays.
#include <array>
#include <vector>

#include "engine/literal/rebase.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace beam;

constexpr AddressRange kFrom{0x10000, 0x100};
constexpr Word kDelta = 0x5000;
constexpr Word kListInside = 0x10008 | kPrimaryList;
constexpr Word kBoxedInside = 0x100F8 | kPrimaryBoxed;
constexpr Word kBoxedBehind = 0x10100 | kPrimaryBoxed;
constexpr Word kBoxedBefore = 0xFFF8 | kPrimaryBoxed;

std::vector<Word> rebased(std::vector<Word> words) {
  rebase_words(words.data(), words.size(), kFrom, kDelta);
  return words;
}

}  // namespace

TEST_CASE("a pointer into the range is moved and keeps its tag") {
  CHECK(rebased({kListInside, kBoxedInside}) ==
        std::vector<Word>{kListInside + kDelta, kBoxedInside + kDelta});
}

TEST_CASE("a pointer to either side of the range stays") {
  const std::vector<Word> words{kBoxedBefore, kBoxedBehind};
  CHECK(rebased(words) == words);
}

TEST_CASE("an immediate whose value is in the range stays") {
  const std::vector<Word> words{0x10000 | kTagSmall, 0x10040 | kTagNil, 0x10000 | kTagPid};
  CHECK(rebased(words) == words);
}

TEST_CASE("the elements of a tuple are looked at") {
  CHECK(rebased({make_header(1, Subtag::kTuple), kListInside})[1] == kListInside + kDelta);
}

TEST_CASE("raw words behind a header are not looked at") {
  const std::vector<Word> words{make_header(2, Subtag::kPositiveBig), kListInside, kBoxedInside};
  CHECK(rebased(words) == words);
}

TEST_CASE("a fun's environment and a flat map's values are looked at, their sizes are not") {
  const std::vector<Word> fun{make_header(3, Subtag::kFun), kBoxedInside, kBoxedInside,
                              kBoxedInside, kBoxedInside};
  CHECK(rebased(fun)[3] == kBoxedInside);
  CHECK(rebased(fun)[4] == kBoxedInside + kDelta);
  const std::vector<Word> map{make_map_header(MapKind::kFlat, 1, 0), 1, kBoxedInside, kListInside};
  CHECK(rebased(map)[2] == kBoxedInside + kDelta);
  CHECK(rebased(map)[3] == kListInside + kDelta);
}

TEST_CASE("a root that looks like a header hides no root behind it") {
  std::array<Word, 3> roots{make_header(2, Subtag::kPositiveBig), kListInside, kBoxedInside};
  rebase_roots(roots.data(), roots.data() + roots.size(), kFrom, kDelta);
  CHECK(roots == std::array<Word, 3>{make_header(2, Subtag::kPositiveBig), kListInside + kDelta,
                                     kBoxedInside + kDelta});
}
