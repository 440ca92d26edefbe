// Sizes of terms. Those of sub-binaries are what erts_debug:flat_size/1 of OTP 25.2.3 says.
#include <limits>

#include "engine/term/term_words.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;

std::size_t flat(Term term) {
  const auto words = beam::flat_words(term);
  REQUIRE(words.ok());
  return words.value();
}

std::size_t graph(Term term) {
  const auto words = beam::graph_words(term);
  REQUIRE(words.ok());
  return words.value();
}

}  // namespace

TEST_CASE("immediates and the empty tuple take no words") {
  TermBuilder b;
  for (const Term term : {b.integer(1), b.atom("a"), beam::kNil, b.tuple({})}) {
    CHECK(flat(term) == 0);
    CHECK(graph(term) == 0);
  }
}

TEST_CASE("terms without sharing take as many words flat as they do in a graph") {
  TermBuilder b;
  const std::size_t before = b.arena().used();
  const Term term =
      b.tuple({b.list({b.integer(1), b.real(2.0)}), b.big({1, 2}), b.binary("abcdefghi"),
               b.fun("m", "f", 1), b.map({b.integer(1), b.map({})})});
  const std::size_t used = b.arena().used() - before;
  CHECK(flat(term) == used);
  CHECK(graph(term) == used);
}

TEST_CASE("hash maps count all their nodes") {
  TermBuilder b;
  std::vector<Term> keys;
  for (int i = 1; i <= 1000; ++i) keys.push_back(b.integer(i));
  const Term map = b.map_of_keys(keys);
  CHECK(flat(map) == 3710);
  CHECK(graph(map) == 3710);
}

TEST_CASE("shared objects count once in a graph and each time flat") {
  TermBuilder b;
  const Term shared = b.list({b.integer(1), b.integer(2)});
  const Term pair = b.tuple({shared, shared, beam::tail_of(shared)});
  CHECK(graph(pair) == 4 + 4);
  CHECK(flat(pair) == 4 + 4 + 4 + 2);
}

TEST_CASE("a counted binary counts six words without its payload") {
  TermBuilder b;
  const Term binary = b.binary(TermBuilder::Bytes(1000, 1));
  CHECK(flat(binary) == 6);
  CHECK(graph(b.tuple({binary, binary})) == 3 + 6);
  CHECK(flat(b.tuple({binary, binary})) == 3 + 12);
}

TEST_CASE("a sub-binary counts flat as what is made of it") {
  TermBuilder b;
  const Term large = b.binary(TermBuilder::Bytes(100, 165));
  const Term small = b.binary(TermBuilder::Bytes(60, 7));
  CHECK(flat(b.sub_binary(large, 8, 240)) == 6);
  CHECK(flat(b.sub_binary(large, 3, 77)) == 11);
  CHECK(flat(b.sub_binary(small, 8, 72)) == 4);
  CHECK(flat(b.sub_binary(small, 6, 7)) == 8);
}

TEST_CASE("a sub-binary counts in a graph with the binary it refers to") {
  TermBuilder b;
  const Term small = b.binary(TermBuilder::Bytes(60, 7));
  CHECK(graph(b.tuple({b.sub_binary(small, 8, 72), b.sub_binary(small, 0, 8)})) == 3 + 5 + 5 + 10);
}

TEST_CASE("doubled sharing is counted in its own time and not in that of its copy") {
  TermBuilder b;
  Term term = b.tuple({b.integer(1)});
  for (int i = 0; i < 40; ++i) term = b.tuple({term, term});
  CHECK(graph(term) == 2 + 40 * 3);
  CHECK(flat(term) == (std::size_t{5} << 40) - 3);
}

TEST_CASE("flat words that no integer holds are the largest integer") {
  TermBuilder b;
  Term term = b.tuple({b.integer(1)});
  for (int i = 0; i < 100; ++i) term = b.tuple({term, term});
  CHECK(flat(term) == std::numeric_limits<std::size_t>::max());
}
