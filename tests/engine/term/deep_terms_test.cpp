// Lists and tuples a million levels deep, maps a hundred thousand, pass through every function:
// nothing recurses on data.
#include <cstddef>
#include <string>
#include <vector>

#include "engine/term/equality.hpp"
#include "engine/term/map_lookup.hpp"
#include "engine/term/order.hpp"
#include "engine/term/print.hpp"
#include "engine/term/term_words.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;
using beam::Word;

constexpr int kLevels = 1'000'000;
// Of what costs more to build.
constexpr int kMapLevels = 100'000;

// Objects of `words` words, each made by `place` around the one before. Written by hand: there are
// millions of them, and a builder costs more than what is tested.
template <class Place>
Term nested(TermBuilder& b, std::int64_t innermost, std::size_t words, Place place) {
  Word* at = b.arena().allocate(words * kLevels);
  REQUIRE(at != nullptr);
  Term term = b.integer(innermost);
  for (int i = 0; i < kLevels; ++i, at += words) term = place(at, term);
  return term;
}

Term place_cons(Word* at, Term head, Term tail) {
  at[0] = head.word;
  at[1] = tail.word;
  return beam::make_list(at);
}

Term place_pair(Word* at, Term first, Term second) {
  at[0] = beam::make_header(2, beam::Subtag::kTuple);
  at[1] = first.word;
  at[2] = second.word;
  return beam::make_boxed(at);
}

Term nested_list(TermBuilder& b, std::int64_t innermost) {
  return nested(b, innermost, 2, [](Word* at, Term t) { return place_cons(at, t, beam::kNil); });
}

Term long_list(TermBuilder& b, std::int64_t last) {
  const Term a = b.atom("a");
  return nested(b, last, 2, [a](Word* at, Term t) { return place_cons(at, a, t); });
}

Term nested_first(TermBuilder& b, std::int64_t innermost) {
  const Term one = b.integer(1);
  return nested(b, innermost, 3, [one](Word* at, Term t) { return place_pair(at, t, one); });
}

Term nested_last(TermBuilder& b, std::int64_t innermost) {
  const Term one = b.integer(1);
  return nested(b, innermost, 3, [one](Word* at, Term t) { return place_pair(at, one, t); });
}

Term nested_value(TermBuilder& b, std::int64_t innermost) {
  Term term = b.integer(innermost);
  for (int i = 0; i < kMapLevels; ++i) term = b.map({b.atom("k"), term});
  return term;
}

Term nested_key(TermBuilder& b, std::int64_t innermost) {
  Term term = b.integer(innermost);
  for (int i = 0; i < kMapLevels; ++i) term = b.map({term, b.atom("v")});
  return term;
}

struct Shape {
  const char* name;
  Term (*make)(TermBuilder&, std::int64_t);
};

constexpr Shape kShapes[] = {
    {"lists in heads", nested_list},
    {"a long list", long_list},
    {"tuples in first elements", nested_first},
    {"tuples in last elements", nested_last},
    {"maps in values", nested_value},
    {"maps in keys", nested_key},
};

}  // namespace

TEST_CASE("very deep terms are compared") {
  for (const Shape& shape : kShapes) {
    INFO(shape.name);
    TermBuilder b;
    const Term low = shape.make(b, 1);
    const Term same = shape.make(b, 1);
    const Term high = shape.make(b, 2);
    CHECK(beam::compare_terms(low, same, TermBuilder::atoms()).value() == 0);
    CHECK(beam::compare_terms(low, high, TermBuilder::atoms()).value() < 0);
    CHECK(beam::equal_terms(low, same).value());
    CHECK_FALSE(beam::equal_terms(low, high).value());
    CHECK(beam::equal_graphs(low, same).value());
    CHECK_FALSE(beam::equal_graphs(low, high).value());
  }
}

TEST_CASE("very deep terms are measured") {
  for (const Shape& shape : kShapes) {
    INFO(shape.name);
    TermBuilder b;
    const std::size_t before = b.arena().used();
    const Term term = shape.make(b, 1);
    CHECK(beam::graph_words(term).value() == b.arena().used() - before);
    CHECK(beam::flat_words(term).value() == b.arena().used() - before);
  }
}

TEST_CASE("very deep terms are keys of a hash map") {
  for (const Shape& shape : kShapes) {
    INFO(shape.name);
    TermBuilder b;
    std::vector<Term> keys{shape.make(b, 1), shape.make(b, 2)};
    for (int i = 0; i < 40; ++i) keys.push_back(b.integer(i));
    const Term map = b.map_of_keys(keys);
    CHECK(beam::map_get(map, shape.make(b, 2)).value() == b.integer(1));
    CHECK_FALSE(beam::map_get(map, shape.make(b, 3)).value().is_value());
  }
}

TEST_CASE("very deep terms are printed") {
  TermBuilder b;
  const auto print = [](Term term) {
    return beam::print_term(term, TermBuilder::atoms(), std::size_t{20} * kLevels);
  };
  const std::string open(kLevels, '[');
  CHECK(print(nested_list(b, 7)) == open + "7" + std::string(kLevels, ']'));
  CHECK(print(nested_first(b, 7)).size() == 4 * std::size_t{kLevels} + 1);
  CHECK(print(nested_key(b, 7)).size() == 8 * std::size_t{kMapLevels} + 1);
  CHECK(print(nested_value(b, 7)).size() == 8 * std::size_t{kMapLevels} + 1);
  CHECK(print(long_list(b, 7)).size() == 2 * std::size_t{kLevels} + 3);
}
