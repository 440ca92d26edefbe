#include <cstddef>
#include <vector>

#include "engine/term/equality.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;
using beam::Word;

bool equal(Term a, Term b) {
  const auto forth = beam::equal_terms(a, b);
  const auto back = beam::equal_terms(b, a);
  REQUIRE(forth.ok());
  REQUIRE(back.ok());
  CHECK(forth.value() == back.value());
  return forth.value();
}

bool same_graph(Term a, Term b) {
  const auto forth = beam::equal_graphs(a, b);
  const auto back = beam::equal_graphs(b, a);
  REQUIRE(forth.ok());
  REQUIRE(back.ok());
  CHECK(forth.value() == back.value());
  return forth.value();
}

// {X, X} with X again such a pair, `depth` deep.
Term shared_pairs(TermBuilder& b, int depth) {
  Term term = b.list({b.integer(1)});
  for (int i = 0; i < depth; ++i) term = b.tuple({term, term});
  return term;
}

// One term of every kind.
std::vector<Term> one_of_each(TermBuilder& b) {
  const std::vector<Term> keys =
      TermBuilder::many(40, [&](int i) { return b.text("key " + std::to_string(i)); });
  return {b.integer(1),
          b.real(1.0),
          b.big({1, 1}),
          b.big({1, 1}, true),
          b.big({1, 1, 1}),
          b.atom("a"),
          beam::kNil,
          b.tuple({}),
          b.tuple({b.integer(1)}),
          b.list({b.integer(1)}),
          b.list({b.integer(1)}, b.integer(2)),
          b.binary("abc"),
          b.binary(TermBuilder::Bytes(100, 'x')),
          b.bits({0xAB}, 7, 3),
          b.fun("m", "f", 1),
          b.fun("m", "f", 2),
          b.fun("m", "g", 1),
          b.map({}),
          b.map({b.atom("a"), b.integer(1)}),
          b.map({b.atom("a"), b.integer(2)}),
          b.map({b.atom("b"), b.integer(1)}),
          b.map_of_keys(keys),
          b.map_of_keys({keys.begin(), keys.begin() + 39})};
}

}  // namespace

TEST_CASE("terms made twice are equal, different ones are not") {
  TermBuilder a;
  TermBuilder b;
  const std::vector<Term> first = one_of_each(a);
  const std::vector<Term> second = one_of_each(b);
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t j = 0; j < second.size(); ++j) {
      INFO(i << " and " << j);
      CHECK(equal(first[i], second[j]) == (i == j));
      CHECK(same_graph(first[i], second[j]) == (i == j));
    }
  }
}

TEST_CASE("a difference deep inside is found") {
  TermBuilder b;
  const auto nested = [&](int n) {
    return b.list({b.tuple({b.map({b.atom("a"), b.list({b.integer(n)}, b.binary("x"))})})});
  };
  CHECK(equal(nested(1), nested(1)));
  CHECK_FALSE(equal(nested(1), nested(2)));
  CHECK_FALSE(same_graph(nested(1), nested(2)));
}

TEST_CASE("a difference in a tail is found") {
  TermBuilder b;
  CHECK_FALSE(equal(b.list({b.integer(1)}, b.atom("a")), b.list({b.integer(1)}, b.atom("b"))));
  CHECK_FALSE(equal(b.list({b.integer(1), b.integer(2)}), b.list({b.integer(1)})));
}

TEST_CASE("positive and negative zero are equal, integer and float are not") {
  TermBuilder b;
  CHECK(equal(b.real(0.0), b.real(-0.0)));
  CHECK_FALSE(equal(b.integer(1), b.real(1.0)));
}

TEST_CASE("bitstrings are equal by their bits, whatever they are kept in") {
  TermBuilder b;
  const TermBuilder::Bytes bytes(20, 0x3C);
  const Term heap = b.binary(bytes);
  CHECK(equal(heap, b.counted_binary(bytes)));
  CHECK(equal(heap, b.bits(bytes, 160)));
  CHECK(equal(heap, b.bits(bytes, 160, 5)));
  CHECK_FALSE(equal(heap, b.bits(bytes, 159)));
  CHECK_FALSE(equal(heap, b.list({b.integer(0x3C)})));
}

TEST_CASE("local funs are equal by entry and environment, not by creator") {
  const auto fun = [](Word entry, Word creator, Word variable) {
    return std::vector<Word>{beam::kFunHeader,           entry,   0,
                             beam::pack_fun_arity(1, 1), creator, variable};
  };
  const Word pid = beam::make_pid(3).word;
  const Word one = beam::make_small(1).word;
  const std::vector<Word> made = fun(8, pid, one);
  const std::vector<Word> elsewhere = fun(8, beam::make_pid(4).word, one);
  const std::vector<Word> other_entry = fun(16, pid, one);
  const std::vector<Word> other_variable = fun(8, pid, beam::make_small(2).word);
  const auto term = [](const std::vector<Word>& words) { return beam::make_boxed(words.data()); };
  CHECK(equal(term(made), term(elsewhere)));
  CHECK_FALSE(equal(term(made), term(other_entry)));
  CHECK_FALSE(equal(term(made), term(other_variable)));
}

TEST_CASE("identifiers are equal by what they name") {
  TermBuilder b;
  const auto made = [&b](std::uint32_t number, Word node) {
    return std::vector<Term>{b.reference({number, 2, 3}),
                             b.reference({number, 2, 3, 4, 5}),
                             b.magic_reference({number, 9, 9}),
                             b.external_pid(node, number),
                             b.external_pid(node, 1, number),
                             b.external_port(node, number),
                             b.external_reference(node, {number, 2, 3}),
                             b.external_reference(node, {2, 3, 4, number}),
                             beam::make_pid(number),
                             beam::make_port(number)};
  };
  const std::vector<Term> terms = made(7, b.node("a@b", 1));
  const std::vector<Term> same = made(7, b.node("a@b", 1));
  const std::vector<Term> others = made(8, b.node("a@b", 2));
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (std::size_t j = 0; j < terms.size(); ++j) {
      INFO(i << " against " << j);
      CHECK(equal(terms[i], same[j]) == (i == j));
      CHECK_FALSE(equal(terms[i], others[j]));
    }
  }
  CHECK_FALSE(equal(b.external_pid(b.node("a@b", 1), 5), b.external_pid(b.node("a@b", 2), 5)));
}

TEST_CASE("numbers of 0 at the end of a reference make no difference") {
  TermBuilder b;
  const Word node = b.node("a@b");
  CHECK(equal(b.external_reference(node, {5}), b.external_reference(node, {5, 0, 0, 0, 0})));
  CHECK_FALSE(equal(b.external_reference(node, {5}), b.external_reference(node, {5, 0, 1})));
}

TEST_CASE("a match state is compared without the address of its bytes") {
  TermBuilder b;
  const auto state = [&](Term binary, Word base, Word offset) {
    return std::vector<Word>{beam::match_state_header(1), binary.word, base, offset, 80, 0};
  };
  const std::vector<Word> made = state(b.binary("0123456789"), 64, 8);
  const std::vector<Word> moved = state(b.binary("0123456789"), 128, 8);
  const std::vector<Word> further = state(b.binary("0123456789"), 64, 16);
  const std::vector<Word> other = state(b.binary("012345678X"), 64, 8);
  const auto term = [](const std::vector<Word>& words) { return beam::make_boxed(words.data()); };
  CHECK(same_graph(term(made), term(moved)));
  CHECK_FALSE(same_graph(term(made), term(further)));
  CHECK_FALSE(same_graph(term(made), term(other)));
}

TEST_CASE("sharing does not count for equal terms") {
  TermBuilder b;
  const Term shared = b.list({b.integer(1)});
  CHECK(equal(b.tuple({shared, shared}), b.tuple({shared, b.list({b.integer(1)})})));
}

TEST_CASE("sharing counts for equal graphs") {
  TermBuilder b;
  const auto pair = [&](bool sharing) {
    const Term first = b.list({b.integer(1)});
    return b.tuple({first, sharing ? first : b.list({b.integer(1)})});
  };
  CHECK(same_graph(pair(true), pair(true)));
  CHECK(same_graph(pair(false), pair(false)));
  CHECK_FALSE(same_graph(pair(true), pair(false)));
}

TEST_CASE("sharing of other objects is another graph") {
  TermBuilder b;
  const auto three = [&](bool first_and_second) {
    const Term x = b.real(1.0);
    const Term y = b.real(1.0);
    return first_and_second ? b.tuple({x, x, y}) : b.tuple({x, y, y});
  };
  CHECK(equal(three(true), three(false)));
  CHECK_FALSE(same_graph(three(true), three(false)));
}

TEST_CASE("the empty tuple is one object wherever it is") {
  TermBuilder b;
  const Word elsewhere[1] = {beam::make_header(0, beam::Subtag::kTuple)};
  const Term other = beam::make_boxed(elsewhere);
  CHECK(equal(b.tuple({}), other));
  CHECK(same_graph(b.tuple({b.tuple({}), b.tuple({})}), b.tuple({b.tuple({}), other})));
  CHECK_FALSE(same_graph(b.tuple({}), b.tuple({b.integer(1)})));
}

TEST_CASE("a shared keys tuple is part of the graph") {
  TermBuilder b;
  const auto maps = [&](bool sharing) {
    const Term first = b.map({b.atom("a"), b.integer(1)});
    const Term second = b.map({b.atom("a"), b.integer(1)});
    if (sharing) second.pointer()[beam::kFlatMapKeys] = first.pointer()[beam::kFlatMapKeys];
    return b.tuple({first, second});
  };
  CHECK(equal(maps(true), maps(false)));
  CHECK_FALSE(same_graph(maps(true), maps(false)));
  CHECK(same_graph(maps(true), maps(true)));
}

TEST_CASE("a sub-binary that became a heap binary is the same graph") {
  TermBuilder b;
  const TermBuilder::Bytes bytes(10, 1);
  CHECK(same_graph(b.tuple({b.bits(bytes, 80)}), b.tuple({b.binary(bytes)})));
}

TEST_CASE("sub-binaries of one binary are not sub-binaries of two") {
  TermBuilder b;
  const auto halves = [&](bool sharing) {
    const Term first = b.binary("0123456789");
    const Term second = sharing ? first : b.binary("0123456789");
    return b.tuple({b.sub_binary(first, 0, 40), b.sub_binary(second, 40, 40)});
  };
  CHECK(equal(halves(true), halves(false)));
  CHECK_FALSE(same_graph(halves(true), halves(false)));
  CHECK(same_graph(halves(true), halves(true)));
}

TEST_CASE("sixty levels of doubled sharing are compared at once") {
  TermBuilder b;
  CHECK(equal(shared_pairs(b, 60), shared_pairs(b, 60)));
  CHECK(same_graph(shared_pairs(b, 60), shared_pairs(b, 60)));
  CHECK_FALSE(equal(shared_pairs(b, 60), shared_pairs(b, 59)));
  CHECK_FALSE(same_graph(shared_pairs(b, 60), shared_pairs(b, 61)));
}

TEST_CASE("graphs that share differently are still equal terms, however deep") {
  TermBuilder b;
  Term once = b.list({b.integer(1)});
  Term twice = b.list({b.integer(1)});
  Term other = b.list({b.integer(1)});
  for (int i = 0; i < 60; ++i) {
    const Term next = b.tuple({twice, other});
    other = b.tuple({other, twice});
    twice = next;
    once = b.tuple({once, once});
  }
  CHECK(equal(once, twice));
  CHECK_FALSE(same_graph(once, twice));
}
