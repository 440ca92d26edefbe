#include <cstddef>
#include <set>
#include <vector>

#include "engine/term/traversal.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;
using beam::Word;

std::vector<Word> children(Term term) {
  const auto span = beam::children_of(term);
  return {span.begin(), span.end()};
}

}  // namespace

TEST_CASE("the children of an object are its words that are terms") {
  TermBuilder b;
  const Term one = b.integer(1);
  const Term two = b.integer(2);
  CHECK(children(b.cons(one, two)) == std::vector<Word>{one.word, two.word});
  CHECK(children(b.tuple({one, two})) == std::vector<Word>{one.word, two.word});
  CHECK(children(b.tuple({})).empty());
  CHECK(children(b.real(1.0)).empty());
  CHECK(children(b.big({1})).empty());
  CHECK(children(b.binary("x")).empty());
  const Term binary = b.binary("xyz");
  CHECK(children(b.sub_binary(binary, 0, 8)) == std::vector<Word>{binary.word});
  CHECK(children(b.fun("m", "f", 0)) == std::vector<Word>{beam::kExternalFunCreator.word});
}

TEST_CASE("the children of a flat map are its keys tuple and its values") {
  TermBuilder b;
  const Term map = b.map({b.integer(1), b.atom("v"), b.integer(2), b.atom("w")});
  const auto found = children(map);
  REQUIRE(found.size() == 3);
  CHECK(children(Term{found[0]}) == std::vector<Word>{b.integer(1).word, b.integer(2).word});
  CHECK(Term{found[1]} == b.atom("v"));
  CHECK(Term{found[2]} == b.atom("w"));
}

TEST_CASE("every object is visited once") {
  TermBuilder b;
  const Term shared = b.tuple({b.real(1.0), b.tuple({})});
  const Term root = b.list({shared, shared, b.list({shared})});
  std::multiset<Word> visited;
  REQUIRE(beam::for_each_object(root, [&](Term object) { visited.insert(object.word); }).ok());
  CHECK(visited.size() == 3 + 1 + 1 + 1);
  CHECK(std::set<Word>(visited.begin(), visited.end()).size() == visited.size());
}

TEST_CASE("an address table keeps one word for each of many objects") {
  const std::vector<Word> objects(100'000);
  beam::AddressTable table;
  CHECK(table.find(objects.data()) == nullptr);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto place = table.obtain(&objects[i]);
    REQUIRE(place.value != nullptr);
    REQUIRE(place.is_new);
    *place.value = i;
  }
  CHECK(table.size() == objects.size());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    REQUIRE(*table.find(&objects[i]) == i);
    REQUIRE_FALSE(table.obtain(&objects[i]).is_new);
  }
}

TEST_CASE("one walk's memory serves another and remembers nothing of it") {
  TermBuilder b;
  const Term shared = b.tuple({b.integer(1), b.integer(2)});
  Term large = b.cons(shared, beam::kNil);
  for (int i = 0; i < 1000; ++i) large = b.cons(b.integer(i), large);
  const Term small = b.cons(shared, shared);
  beam::ObjectWalk walk;
  const auto objects = [&walk](Term root) {
    std::size_t count = 0;
    REQUIRE(beam::for_each_object(
                root, [&](Term) { ++count; }, walk)
                .ok());
    return count;
  };
  CHECK(objects(small) == 2);
  CHECK(objects(large) == 1002);
  CHECK(objects(small) == 2);
  CHECK(objects(small) == 2);
}
