// An area image becomes a literal area: pointers, `{}`, payloads.
#include "engine/literal/load_image.hpp"
#include "engine/term/empty_tuple.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/traversal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

AreaImage one_literal(Term (*build)(TermRoom), std::size_t words) { return image_of(words, build); }

std::size_t objects_outside(Term root, AddressRange range) {
  std::size_t outside = 0;
  must(for_each_object(root, [&](Term term) {
    if (!range.contains(term.word)) ++outside;
  }));
  return outside;
}

// An image with two counted binaries; it owns one reference of each.
AreaImage binaries_image(Payloads& payloads) {
  AreaImage image = empty_image(12);
  for (const std::size_t bytes : {100U, 200U}) {
    const Term term = counted_binary(TermRoom(image), payloads.make(bytes));
    REQUIRE(image.literals.push_back(term));
  }
  payloads.arena()->retain();
  image.payloads = payloads.arena();
  return image;
}

}  // namespace

TEST_CASE("a loaded literal equals the image's, with the same sharing") {
  LiteralSpace space = test_space();
  const AreaImage image = one_literal(
      [](TermRoom room) {
        const Term shared = small_list(room, 5);
        return tuple(room, {shared, shared, float_number(room, 1.5), heap_binary(room, 9)});
      },
      40);
  const LoadedArea area(space, image);
  CHECK(same_graph(area.literal(0), image.literals[0]));
}

TEST_CASE("a loaded literal refers to nothing outside of its area") {
  LiteralSpace space = test_space();
  const AreaImage image = records_image(20, 30, 1300);
  const LoadedArea area(space, image);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(objects_outside(area.literal(i), area.area().range()) == 0);
  }
}

TEST_CASE("an area has exactly the words of its image") {
  LiteralSpace space = test_space();
  const AreaImage image = records_image(10, 2, 98);
  const LoadedArea area(space, image);
  CHECK(area.area().words == 98);
}

TEST_CASE("an image without words becomes an area without words") {
  LiteralSpace space = test_space();
  const AreaImage image = empty_image(1);
  LiteralArea area = must(load_image(space, image));
  CHECK(area.words == 0);
  CHECK(area.start != nullptr);
  space.release(area);
}

TEST_CASE("the empty tuple of an image becomes the space's own") {
  LiteralSpace space = test_space();
  const AreaImage image = one_literal(
      [](TermRoom room) {
        return tuple(room, {unplaced_empty_tuple(), flat_map(room, kNil, {})});
      },
      6);
  const LoadedArea area(space, image);
  const Term literal = area.literal(0);
  CHECK(Term{literal.pointer()[1]} == space.empty_tuple());
  CHECK(Term{Term{literal.pointer()[2]}.pointer()[kFlatMapKeys]} == space.empty_tuple());
}

TEST_CASE("a literal that is the empty tuple itself is the space's own") {
  LiteralSpace space = test_space();
  AreaImage image = empty_image(1);
  REQUIRE(image.literals.push_back(unplaced_empty_tuple()));
  const LoadedArea area(space, image);
  CHECK(area.literal(0) == space.empty_tuple());
}

TEST_CASE("an immediate literal is the same in the area") {
  LiteralSpace space = test_space();
  AreaImage image = empty_image(1);
  REQUIRE(image.literals.push_back(make_small(-7)));
  const LoadedArea area(space, image);
  CHECK(area.literal(0) == make_small(-7));
}

TEST_CASE("raw data that looks like a pointer into the image is loaded as it is") {
  LiteralSpace space = test_space();
  AreaImage image = empty_image(3);
  const Word bait = make_boxed(image.words.base()).word;
  const Term number = big(TermRoom(image), std::vector<Word>{bait, bait});
  REQUIRE(image.literals.push_back(number));
  const LoadedArea area(space, image);
  CHECK(area.literal(0).pointer()[1] == bait);
  CHECK(area.literal(0).pointer()[2] == bait);
}

TEST_CASE("an image can be loaded any number of times") {
  LiteralSpace space = test_space();
  const AreaImage image = records_image(10, 2, 98);
  const LoadedArea first(space, image);
  const LoadedArea second(space, image);
  CHECK(first.area().start != second.area().start);
  CHECK(same_graph(first.literal(3), second.literal(3)));
  CHECK(same_graph(first.literal(3), image.literals[3]));
}

TEST_CASE("every loaded area takes a reference of each payload and releasing it drops them") {
  LiteralSpace space = test_space();
  Payloads payloads;
  {
    const AreaImage image = binaries_image(payloads);
    LoadedArea first(space, image);
    LoadedArea second(space, image);
    CHECK(payloads.references() == 6);
    first.release();
    CHECK(payloads.references() == 4);
    second.release();
    CHECK(payloads.references() == 2);
  }
  CHECK(payloads.references() == 0);
}

TEST_CASE("a payload outlives its image in a loaded area") {
  LiteralSpace space = test_space();
  Payloads payloads;
  LiteralArea area;
  {
    const AreaImage image = binaries_image(payloads);
    area = must(load_image(space, image));
  }
  CHECK(payloads.references() == 2);
  space.release(area);
  CHECK(payloads.references() == 0);
}

TEST_CASE("an area's off-heap list has the image's objects in the image's order") {
  LiteralSpace space = test_space();
  Payloads payloads;
  const AreaImage image = binaries_image(payloads);
  const LoadedArea area(space, image);
  const Word* first = area.area().off_heap;
  REQUIRE(first != nullptr);
  CHECK(make_boxed(first) == area.literal(1));
  CHECK(make_boxed(next_off_heap(first)) == area.literal(0));
  CHECK(next_off_heap(next_off_heap(first)) == nullptr);
}

TEST_CASE("an image that does not fit is refused and takes no reference") {
  LiteralSpace space = test_space(2 * LiteralSpace::kPageBytes);
  Payloads payloads;
  const AreaImage image = binaries_image(payloads);
  const LoadedArea fits(space, image);
  CHECK_FALSE(load_image(space, image).ok());
  CHECK(payloads.references() == 4);
}

TEST_CASE("a term a million levels deep is loaded whole") {
  constexpr std::size_t kLevels = 1'000'000;
  LiteralSpace space = test_space();
  const AreaImage image =
      one_literal([](TermRoom room) { return nested_tuples(room, kLevels); }, 2 * kLevels);
  const LoadedArea area(space, image);
  CHECK(same_graph(area.literal(0), image.literals[0]));
}
