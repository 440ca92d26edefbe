// What is reached in areas, marked by object and by bits, and its copies.
#include <vector>

#include "engine/literal/literal_reach.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/term_words.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/must.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// Areas this large begin without bits.
constexpr std::size_t kLarge = 20'000;

// The copies of what roots reach, made of exactly the words that were counted.
struct Copies {
  Copies(LiteralReach& reach, const AreaBatch& areas, const std::vector<Term>& roots) {
    reach.begin(areas);
    for (const Term root : roots) must(reach.mark(root.word));
    words.resize(reach.words());
    reach.copy_to(words.data(), off_heap);
    for (const Term root : roots) terms.push_back(Term{reach.copy_of(root.word)});
  }
  [[nodiscard]] bool hold(const std::vector<Term>& originals) const {
    bool equal = originals.size() == terms.size();
    for (std::size_t i = 0; i < originals.size() && equal; ++i) {
      const auto at = reinterpret_cast<Word>(terms[i].pointer());
      const auto begin = reinterpret_cast<Word>(words.data());
      equal = at - begin < words.size() * kWordBytes && must(equal_terms(originals[i], terms[i]));
    }
    return equal;
  }

  std::vector<Word> words;
  std::vector<Term> terms;
  Word* off_heap = nullptr;
};

TEST_CASE("each object is counted and copied once, however often it is referred to") {
  LiteralSpace space = test_space();
  for (const std::size_t area_words : {std::size_t{98}, kLarge}) {
    const AreaImage image = records_image(10, 2, area_words);
    const LoadedArea area(space, image);
    LiteralReach reach;
    const std::vector<Term> roots = {area.literal(3), area.literal(3), area.literal(7)};
    const Copies copies(reach, AreaBatch(area.area()), roots);
    CHECK(copies.words.size() == 16);
    // Two words of bits and as many counts, or three words for each of six objects.
    CHECK(reach.table_words() == (area_words == kLarge ? 18 : 4));
    CHECK(copies.hold(roots));
    CHECK(copies.terms[0] == copies.terms[1]);
    CHECK(copies.off_heap == nullptr);
  }
}

TEST_CASE("tables are small while little is reached, and bits from 1 word in 64 on") {
  LiteralSpace space = test_space();
  const AreaImage image = records_image(2'000, 2, kLarge);
  const LoadedArea area(space, image);
  LiteralReach reach;
  // A record of two elements is a tuple of 4 words and a list of 4, three objects.
  std::vector<Term> roots = {area.literal(0)};
  for (std::size_t i = 1; i < kLarge / 64 / 8; ++i) roots.push_back(area.literal(i));
  const Copies few(reach, AreaBatch(area.area()), roots);
  CHECK(few.words.size() == 8 * roots.size());
  CHECK(reach.table_words() == 9 * roots.size());
  CHECK(few.hold(roots));
  for (std::size_t i = roots.size(); i < 2'000; ++i) roots.push_back(area.literal(i));
  const Copies all(reach, AreaBatch(area.area()), roots);
  CHECK(all.words.size() == 16'000);
  CHECK(reach.table_words() >= 2 * ((kLarge + 63) / 64));
  CHECK(reach.table_words() < 2 * ((kLarge + 63) / 64) + 9 * (kLarge / 64));
  CHECK(all.hold(roots));
  // The bits of the last time are forgotten.
  const std::vector<Term> last = {area.literal(1'999)};
  CHECK(Copies(reach, AreaBatch(area.area()), last).words.size() == 8);
  const Copies again(reach, AreaBatch(area.area()), roots);
  CHECK(again.words.size() == 16'000);
  CHECK(again.hold(roots));
}

TEST_CASE("what heads and tails refer to is reached, and what a map, a fun and a tuple hold") {
  LiteralSpace space = test_space();
  for (const std::size_t area_words : {std::size_t{600}, kLarge}) {
    const AreaImage image = image_of(area_words, [](TermRoom room) {
      const Term inner =
          list(room, std::vector<Term>{tuple(room, {small_list(room, 3)}), small_list(room, 2)});
      const Term improper = cons(room, inner, tuple(room, {inner, small_list(room, 1)}));
      const Term function = local_fun(room, std::vector<Term>{inner, tuple(room, {improper})});
      return list(room, std::vector<Term>{improper, function, inner});
    });
    const LoadedArea area(space, image);
    LiteralReach reach;
    const std::vector<Term> roots = {area.literal(0)};
    const Copies copies(reach, AreaBatch(area.area()), roots);
    CHECK(copies.words.size() == must(graph_words(area.literal(0))));
    CHECK(copies.hold(roots));
    CHECK(must(equal_graphs(roots[0], copies.terms[0])));
    REQUIRE(copies.off_heap != nullptr);  // the fun
    CHECK(next_off_heap(copies.off_heap) == nullptr);
  }
}

TEST_CASE("areas of a batch are marked and copied together") {
  LiteralSpace space = test_space();
  for (const std::size_t area_words : {std::size_t{98}, kLarge}) {
    const AreaImage image = records_image(10, 2, area_words);
    const LoadedArea first(space, image);
    const LoadedArea between(space, image);
    const LoadedArea second(space, image);
    AreaBatch areas;
    areas.add(second.area());
    areas.add(first.area());
    CHECK(areas.words() == 2 * area_words);
    CHECK_FALSE(areas.ranges().contains(between.literal(0).word));
    LiteralReach reach;
    const std::vector<Term> roots = {first.literal(0), second.literal(0), second.literal(9)};
    const Copies copies(reach, areas, roots);
    CHECK(copies.words.size() == 24);
    CHECK(copies.hold(roots));
    CHECK(copies.terms[0] != copies.terms[1]);
  }
}

TEST_CASE("a list of a million cells and a tuple as deep are marked without recursion") {
  constexpr std::size_t kDeep = 1'000'000;
  LiteralSpace space = test_space();
  const AreaImage image = image_of(2 * kDeep + 2 * kDeep + 100, [](TermRoom room) {
    Term deep = kNil;
    for (std::size_t i = 0; i < kDeep; ++i) deep = tuple(room, {deep});
    Term flat = deep;
    for (std::size_t i = 0; i < kDeep; ++i) flat = cons(room, make_small(1), flat);
    return flat;
  });
  const LoadedArea area(space, image);
  LiteralReach reach;
  const std::vector<Term> roots = {area.literal(0)};
  const Copies copies(reach, AreaBatch(area.area()), roots);
  CHECK(copies.words.size() == 4 * kDeep);
  CHECK(copies.hold(roots));
}

}  // namespace
