// The hash itself. What it gives for each kind of key is held to OTP 25 by the shapes of maps
// (map_builder_test.cpp).
#include <cstdint>
#include <string>
#include <vector>

#include "engine/term/internal_hash.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;

beam::KeyHash hash(Term key, unsigned round = 0) {
  beam::KeyHasher hasher;
  const auto hashed = hasher.hash(key, round);
  REQUIRE(hashed.ok());
  return hashed.value();
}

}  // namespace

TEST_CASE("each round hashes a key anew") {
  TermBuilder b;
  CHECK(hash(b.integer(1), 0).value != hash(b.integer(1), 1).value);
  CHECK(hash(b.text("abc"), 1).value != hash(b.text("abc"), 2).value);
}

TEST_CASE("positive and negative zero have one hash") {
  TermBuilder b;
  CHECK(hash(b.real(0.0)).value == hash(b.real(-0.0)).value);
}

TEST_CASE("keys that look alike have different hashes") {
  TermBuilder b;
  const std::vector<Term> keys = {b.integer(1),
                                  b.real(1.0),
                                  b.list({b.integer(1)}),
                                  b.list({b.list({b.integer(1)})}),
                                  b.list({b.integer(1)}, b.integer(1)),
                                  b.tuple({b.integer(1)}),
                                  b.tuple({b.tuple({b.integer(1)})}),
                                  b.binary("\x01"),
                                  b.bits({0x01}, 7),
                                  b.map({b.integer(1), b.integer(1)}),
                                  b.map({}),
                                  b.tuple({}),
                                  beam::kNil,
                                  b.binary(""),
                                  b.big({1, 1}),
                                  b.big({1, 1}, true)};
  for (const Term one : keys) {
    for (const Term other : keys) {
      CHECK((hash(one).value == hash(other).value) == (one == other));
    }
  }
}

TEST_CASE("every number of an identifier counts") {
  TermBuilder b;
  const beam::Word node = b.node("a@b");
  const std::vector<Term> keys = {b.reference({1, 2, 3}),
                                  b.reference({1, 2, 4}),
                                  b.reference({1, 2, 3, 4, 5}),
                                  b.reference({1, 2, 3, 4, 6}),
                                  b.external_pid(node, 1, 2),
                                  b.external_pid(node, 1, 3),
                                  b.external_pid(b.node("a@b", 2), 1, 2),
                                  b.external_port(node, 1),
                                  b.external_port(node, std::uint64_t{1} << 32),
                                  b.external_reference(node, {}),
                                  b.external_reference(node, {1}),
                                  b.external_reference(node, {1, 2}),
                                  b.external_reference(node, {1, 2, 3}),
                                  b.external_reference(node, {1, 2, 3, 4}),
                                  b.external_reference(node, {1, 2, 3, 4, 5}),
                                  b.external_reference(b.node("c@d"), {1, 2, 3, 4, 5})};
  for (const Term one : keys) {
    for (const Term other : keys) {
      CHECK((hash(one).value == hash(other).value) == (one == other));
    }
  }
}

TEST_CASE("a hash varies between runs where an atom or a fun or another node is in the key") {
  TermBuilder b;
  CHECK_FALSE(hash(b.integer(1)).varies);
  CHECK_FALSE(hash(b.reference({1, 2, 3})).varies);
  CHECK(hash(b.external_pid(b.node("a@b"), 1)).varies);
  CHECK_FALSE(
      hash(b.tuple({b.text("abc"), b.binary("x"), b.map({beam::kNil, b.real(1.0)})})).varies);
  CHECK(hash(b.atom("a")).varies);
  CHECK(hash(b.fun("m", "f", 1)).varies);
  CHECK(hash(b.list({b.integer(1)}, b.atom("a"))).varies);
  CHECK(hash(b.map({b.integer(1), b.tuple({b.atom("a")})})).varies);
}

TEST_CASE("a hasher forgets the key before") {
  TermBuilder b;
  beam::KeyHasher hasher;
  CHECK_FALSE(hasher.hash(b.tuple({b.match_state(b.binary("x")), b.atom("a")}), 0).ok());
  const auto again = hasher.hash(b.text("abc"), 0);
  REQUIRE(again.ok());
  CHECK(again.value().value == hash(b.text("abc")).value);
  CHECK_FALSE(again.value().varies);
}

TEST_CASE("the environment of a local fun counts") {
  const auto fun = [](beam::Word variable) {
    return std::vector<beam::Word>{beam::kFunHeader,       8,       0, beam::pack_fun_arity(1, 1),
                                   beam::make_pid(1).word, variable};
  };
  const std::vector<beam::Word> one = fun(beam::make_small(1).word);
  const std::vector<beam::Word> two = fun(beam::make_small(2).word);
  CHECK(hash(beam::make_boxed(one.data())).value != hash(beam::make_boxed(two.data())).value);
}
