#include <string>

#include "bench/cells/synthetic_area.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/term_words.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using beam_test::must;

beam::AreaImage make(bench::cells::SyntheticArea wanted) {
  beam::AtomTable atoms;
  return must(bench::cells::make_synthetic_area(wanted, atoms));
}

}  // namespace

TEST_CASE("a synthetic area has exactly the words that were asked for, in any shape") {
  check_property([] {
    const auto shape = *rc::gen::elementOf(std::vector<std::string_view>(
        bench::cells::area_shapes().begin(), bench::cells::area_shapes().end()));
    const auto term_words = *rc::gen::inRange<std::uint64_t>(bench::cells::kMinTermWords, 200);
    const auto area_words = *rc::gen::inRange<std::uint64_t>(bench::cells::kMinTermWords, 5000);
    const beam::AreaImage image =
        make({.shape = shape, .area_words = area_words, .term_words = term_words});
    RC_ASSERT(image.area_words() == area_words);
  });
}

TEST_CASE("every literal of a synthetic area but the last has exactly the words of a literal") {
  check_property([] {
    const auto shape = *rc::gen::elementOf(std::vector<std::string_view>(
        bench::cells::area_shapes().begin(), bench::cells::area_shapes().end()));
    const auto term_words = *rc::gen::inRange<std::uint64_t>(bench::cells::kMinTermWords, 100);
    const beam::AreaImage image =
        make({.shape = shape, .area_words = 3 * term_words + 1, .term_words = term_words});
    RC_ASSERT(image.literals.size() == 3U);
    RC_ASSERT(must(beam::graph_words(image.literals[0])) == term_words);
    RC_ASSERT(must(beam::graph_words(image.literals[1])) == term_words);
    RC_ASSERT(must(beam::graph_words(image.literals[2])) == term_words + 1);
  });
}

TEST_CASE("the same seed makes the same area and another seed another") {
  const bench::cells::SyntheticArea wanted{.shape = "graph", .area_words = 1000, .term_words = 500};
  bench::cells::SyntheticArea other = wanted;
  other.seed = 2;
  const beam::AreaImage first = make(wanted);
  const beam::AreaImage again = make(wanted);
  const beam::AreaImage different = make(other);
  CHECK(must(beam::equal_graphs(first.literals[0], again.literals[0])));
  CHECK_FALSE(must(beam::equal_graphs(first.literals[0], different.literals[0])));
}

TEST_CASE("the graph shape shares objects inside a literal") {
  const beam::AreaImage image = make({.shape = "graph", .area_words = 400, .term_words = 400});
  CHECK(must(beam::flat_words(image.literals[0])) > must(beam::graph_words(image.literals[0])));
}

TEST_CASE("an area of a shape that is not known is refused") {
  beam::AtomTable atoms;
  CHECK_FALSE(bench::cells::make_synthetic_area({.shape = "spheres"}, atoms).ok());
}

TEST_CASE("an area of one word is refused") {
  beam::AtomTable atoms;
  CHECK_FALSE(bench::cells::make_synthetic_area({.area_words = 1}, atoms).ok());
}
