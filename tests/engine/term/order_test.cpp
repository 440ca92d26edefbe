// The exact order of terms. Expectations are what erts_internal:cmp_term/2 of OTP 25 answers.
#include <cstddef>
#include <vector>

#include "engine/term/order.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;
using beam::Word;

int order(Term a, Term b) {
  const auto compared = beam::compare_terms(a, b, TermBuilder::atoms());
  REQUIRE(compared.ok());
  return (compared.value() > 0) - (compared.value() < 0);
}

// Every term of the list is before all that follow it.
void check_ascending(const std::vector<Term>& terms) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (std::size_t j = 0; j < terms.size(); ++j) {
      INFO(i << " against " << j);
      CHECK(order(terms[i], terms[j]) == (i > j) - (i < j));
    }
  }
}

}  // namespace

TEST_CASE("terms of different kinds are in the order of their kinds") {
  TermBuilder b;
  check_ascending({b.integer(7), b.real(-1.5), b.atom("a"), b.fun("m", "f", 0), beam::make_port(0),
                   beam::make_pid(1), b.tuple({}), b.map({}), beam::kNil, b.list({b.integer(1)}),
                   b.binary("")});
}

TEST_CASE("every integer is before every float") {
  TermBuilder b;
  check_ascending({b.big({0, 1}, true), b.integer(1), b.integer(2), b.big({0, 1}), b.real(-1e300),
                   b.real(1.0), b.real(2.5)});
}

TEST_CASE("big integers are ordered by sign, length and digits") {
  TermBuilder b;
  check_ascending({b.big({0, 0, 1}, true), b.big({5, 2}, true), b.big({4, 2}, true),
                   b.big({~beam::Word{0}}, true), b.integer(beam::kSmallMin),
                   b.integer(beam::kSmallMax), b.big({beam::Word{1} << 59}), b.big({4, 2}),
                   b.big({5, 2}), b.big({0, 0, 1})});
}

TEST_CASE("positive and negative zero are one key") {
  TermBuilder b;
  CHECK(order(b.real(0.0), b.real(-0.0)) == 0);
}

TEST_CASE("atoms are ordered by name and not by index") {
  TermBuilder b;
  const Term late = b.atom("order_test_z");
  const Term early = b.atom("order_test_a");
  check_ascending(
      {b.atom(""), early, b.atom("order_test_aa"), late, b.atom("ordes"), b.atom("\xC3\xA9")});
}

TEST_CASE("external funs are ordered by module, function and arity") {
  TermBuilder b;
  check_ascending({b.fun("a", "b", 1), b.fun("a", "b", 2), b.fun("a", "c", 0), b.fun("b", "a", 0)});
}

TEST_CASE("tuples are ordered by arity before elements") {
  TermBuilder b;
  const Term one = b.integer(1);
  const Term two = b.integer(2);
  check_ascending({b.tuple({}), b.tuple({two}), b.tuple({one, two}), b.tuple({two, one}),
                   b.tuple({two, b.tuple({one})}), b.tuple({one, one, one})});
}

TEST_CASE("lists are ordered by elements, then by what ends them") {
  TermBuilder b;
  const Term one = b.integer(1);
  const Term two = b.integer(2);
  check_ascending({beam::kNil, b.list({one}, one), b.list({one}, b.atom("a")), b.list({one}),
                   b.list({one, one}), b.list({one, two}), b.list({two})});
}

TEST_CASE("bitstrings are ordered by bits, a prefix first") {
  TermBuilder b;
  check_ascending({b.binary(""), b.binary(std::string_view("\0", 1)), b.bits({0x20}, 3),
                   b.binary("a"), b.bits({'a', 0}, 9), b.binary("aa"), b.binary("b"),
                   b.bits({0xFE}, 7), b.binary("\xFF")});
}

TEST_CASE("a bitstring is the same wherever its bits lie") {
  TermBuilder b;
  const TermBuilder::Bytes bytes(70, 0x5B);
  for (const std::size_t offset : {0U, 1U, 7U, 8U, 13U}) {
    CHECK(order(b.binary(bytes), b.bits(bytes, 560, offset)) == 0);
    CHECK(order(b.bits(bytes, 557, offset), b.bits(bytes, 557, 3)) == 0);
    CHECK(order(b.bits(bytes, 557, offset), b.binary(bytes)) == -1);
  }
}

TEST_CASE("flat maps are ordered by size, then keys, then values") {
  TermBuilder b;
  const Term one = b.integer(1);
  const Term two = b.integer(2);
  const Term three = b.integer(3);
  check_ascending({b.map({}), b.map({one, one}), b.map({one, two}), b.map({two, one}),
                   b.map({b.real(0.5), one}), b.map({one, three, two, one}),
                   b.map({one, one, three, one}), b.map({two, one, three, one})});
}

TEST_CASE("hash maps are ordered by the least key that only one has") {
  TermBuilder b;
  const std::vector<Term> keys =
      TermBuilder::many(40, [&](int i) { return b.tuple({b.integer(10 * i)}); });
  std::vector<Term> lesser = keys;
  lesser[20] = b.tuple({b.integer(195)});
  lesser[30] = b.tuple({b.integer(305)});
  check_ascending({b.map_of_keys(lesser), b.map_of_keys(keys)});
}

TEST_CASE("hash maps of the same keys are ordered by the value of the least key that differs") {
  TermBuilder b;
  std::vector<Term> low;
  for (int i = 0; i < 40; ++i) {
    low.push_back(b.integer(i));
    low.push_back(b.list({b.integer(5)}));
  }
  std::vector<Term> high = low;
  high[2 * 11 + 1] = b.list({b.integer(6)});
  high[2 * 30 + 1] = b.list({b.integer(4)});
  check_ascending({b.map(low), b.map(high)});
}

TEST_CASE("hash maps are compared inside hash maps") {
  TermBuilder b;
  const std::vector<Term> keys = TermBuilder::many(40, [&](int i) { return b.integer(i); });
  std::vector<Term> later = keys;
  later[7] = b.integer(100);
  std::vector<Term> outer = keys;
  outer[5] = b.map_of_keys(keys);
  const Term lesser = b.map_of_keys(outer);
  outer[5] = b.map_of_keys(later);
  check_ascending({lesser, b.map_of_keys(outer)});
}

TEST_CASE("match states have no order") {
  TermBuilder b;
  const auto compared = beam::compare_terms(b.tuple({b.match_state(b.binary("abc"))}),
                                            b.tuple({b.integer(1)}), TermBuilder::atoms());
  REQUIRE_FALSE(compared.ok());
  CHECK(compared.error().what == std::string("a term is of a kind that has no order here"));
}

// What follows is what OTP 25.2.3 says of such terms.

TEST_CASE("pids are ordered by serial and number and then by node") {
  TermBuilder b;
  const Word pid_1_2 = (Word{2} << beam::kLocalPidNumberBits) | 1;
  check_ascending({b.external_pid(b.node("b@b"), 4), b.external_pid(b.node("a@b", 1), 5),
                   b.external_pid(b.node("a@b", 2), 5), b.external_pid(b.node("b@b"), 5),
                   beam::make_pid(5), b.external_pid(b.node("z@b"), 5),
                   b.external_pid(b.node("a@b"), 6), b.external_pid(b.node("a@b"), 5, 1),
                   beam::make_pid(pid_1_2)});
}

TEST_CASE("ports are ordered by node and then by number") {
  TermBuilder b;
  check_ascending({b.external_port(b.node("a@b"), 4), b.external_port(b.node("a@b"), 5),
                   b.external_port(b.node("b@b"), 3), beam::make_port(1), beam::make_port(2),
                   b.external_port(b.node("z@b"), 0)});
}

TEST_CASE("references are ordered by node and then by their numbers from the last one on") {
  TermBuilder b;
  const Word a = b.node("a@b", 1);
  check_ascending(
      {b.external_reference(a, {}), b.external_reference(a, {7}),
       b.external_reference(a, {9, 0, 0}), b.external_reference(a, {0, 0, 1}),
       b.external_reference(a, {0, 0, 0x7FFFFFFF}), b.external_reference(a, {0, 0, 0xFFFFFFFF}),
       b.external_reference(a, {5, 0, 0, 0, 1}), b.external_reference(b.node("a@b", 2), {4, 0, 0}),
       b.external_reference(b.node("b@b"), {4, 0, 0}), b.reference({5, 0, 0}),
       b.magic_reference({6, 0, 0}), b.reference({5, 6, 7}), b.reference({0, 0, 0, 0, 1})});
}

TEST_CASE("a reference is before a fun and a local fun before an external one") {
  TermBuilder b;
  check_ascending({b.atom("z"), b.reference({1, 2, 3}), b.local_fun(9), b.fun("a", "a", 0),
                   beam::make_port(0)});
}

TEST_CASE("local funs are ordered by module and index and number of variables and variables") {
  TermBuilder b;
  check_ascending({b.local_fun(2, {}, "a"), b.local_fun(1, {b.integer(9)}, "m"),
                   b.local_fun(2, {}, "m"), b.local_fun(2, {b.integer(1)}, "m"),
                   b.local_fun(2, {b.list({b.integer(1)})}, "m"),
                   b.local_fun(2, {b.integer(1), b.integer(2)}, "m"),
                   b.local_fun(2, {b.integer(1), b.integer(3)}, "m")});
}
