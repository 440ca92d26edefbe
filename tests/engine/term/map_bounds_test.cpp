// The bounds of the words of hash maps whose shape differs between runs.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/term/map_builder.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::AreaBounds;
using beam::Term;

// ln of E exp(t M') for a trie of Poisson(x) many random keys, M' counting its root as well (where
// it has two keys or more): G(x) = e^t G(x/16)^16 + (1 - e^t)(1 + x)e^-x, from a small x upwards,
// where two keys are the most that matters.
double log_generating_function(double x, double t) {
  const double root = std::exp(t);
  const double two_keys = root * (15.0 / 16) / (1 - root / 16);
  int levels = 0;
  double small = x;
  for (; small > 1e-4; small /= 16) ++levels;
  double log_g = std::log1p((two_keys - 1) * small * small / 2 * std::exp(-small));
  for (int level = 0; level < levels; ++level) {
    small *= 16;
    const double both = 16 * log_g + t;
    log_g = both + std::log1p(-(root - 1) * (1 + small) * std::exp(-small - both));
  }
  return log_g;
}

// An upper bound of ln P(M >= m) for exactly `keys` keys. For every t and x,
// P <= E exp(t(M - m)) and G(x) >= e^-x x^K / K! E exp(t M').
double log_tail(double keys, double m) {
  double best = 0;
  const double scale = 1 / std::sqrt(keys);
  for (double t = scale; t < std::min(2.7, 40 * scale); t += scale / 2) {
    for (double x = keys * (1 - 8 * scale); x < keys * (1 + 2 * scale); x += keys * scale / 8) {
      if (x <= 0) continue;
      const double moment =
          log_generating_function(x, t) - t + x + std::lgamma(keys + 1) - keys * std::log(x);
      best = std::min(best, moment - t * m);
    }
  }
  return best;
}

AreaBounds bounds_of(TermBuilder& b, const std::vector<Term>& keys, std::size_t& words) {
  std::vector<Term> pairs;
  for (const Term key : keys) pairs.insert(pairs.end(), {key, beam::kNil});
  AreaBounds bounds;
  const std::size_t before = b.arena().used();
  REQUIRE(b.try_map(pairs, &bounds).ok());
  words = b.arena().used() - before;
  return bounds;
}

std::vector<Term> atoms(TermBuilder& b, int count, const std::string& prefix) {
  return TermBuilder::many(count, [&](int i) { return b.atom(prefix + std::to_string(i)); });
}

}  // namespace

TEST_CASE("more inner nodes than the upper bound have a probability below one in a billion") {
  for (double keys = 33; keys < 2e7; keys = std::ceil(keys * 1.3)) {
    INFO(keys << " keys");
    const auto most = static_cast<double>(beam::most_inner_nodes(static_cast<std::size_t>(keys)));
    CHECK(log_tail(keys, most + 1) < std::log(1e-9));
  }
}

TEST_CASE("the mean of inner nodes is that of a simulation") {
  // Known values: 33 random keys have 11.95 inner nodes in the mean, 1000 have 358.7.
  CHECK(beam::mean_inner_nodes(33) == Approx(11.95).margin(0.01));
  CHECK(beam::mean_inner_nodes(1000) == Approx(358.7).margin(0.1));
  CHECK(beam::mean_inner_nodes(10'000'000) == Approx(3335138).margin(1));
}

TEST_CASE("the fewest inner nodes are those of full nodes") {
  CHECK(beam::fewest_inner_nodes(33) == 2);
  CHECK(beam::fewest_inner_nodes(46) == 2);
  CHECK(beam::fewest_inner_nodes(47) == 3);
  CHECK(beam::fewest_inner_nodes(256) == 16);
}

TEST_CASE("a hash map of fixed keys has one size only") {
  TermBuilder b;
  const std::vector<Term> keys = TermBuilder::many(100, [&](int i) {
    return b.tuple({b.integer(i), b.binary("x")});
  });
  std::size_t words = 0;
  const AreaBounds bounds = bounds_of(b, keys, words);
  CHECK(bounds.min_words == words);
  CHECK(bounds.max_words == words);
}

TEST_CASE("a flat map of atoms has one size only") {
  TermBuilder b;
  std::size_t words = 0;
  const AreaBounds bounds = bounds_of(b, atoms(b, 32, "flat"), words);
  CHECK(words == 33 + 35);
  CHECK(bounds.min_words == words);
  CHECK(bounds.max_words == words);
}

TEST_CASE("a hash map of atoms has bounds around its size") {
  TermBuilder b;
  std::size_t words = 0;
  const AreaBounds bounds = bounds_of(b, atoms(b, 1000, "bound"), words);
  CHECK(bounds.min_words == beam::hash_map_words(1000, beam::fewest_inner_nodes(1000)));
  CHECK(bounds.max_words == beam::hash_map_words(1000, beam::most_inner_nodes(1000)));
  CHECK(bounds.min_words < words);
  CHECK(words < bounds.max_words);
}

TEST_CASE("one key that contains an atom or a fun makes the size vary") {
  TermBuilder b;
  const std::vector<Term> varying = {
      b.atom("a"),
      b.list({b.integer(1), b.tuple({b.atom("a")})}),
      b.map({b.atom("a"), b.integer(1)}),
      b.fun("m", "f", 1),
  };
  for (const Term key : varying) {
    std::vector<Term> keys{key};
    for (int i = 0; i < 40; ++i) keys.push_back(b.integer(i));
    std::size_t words = 0;
    const AreaBounds bounds = bounds_of(b, keys, words);
    CHECK(bounds.min_words < words);
    CHECK(words < bounds.max_words);
  }
}

TEST_CASE("atoms among the values do not make the size vary") {
  TermBuilder b;
  std::vector<Term> pairs;
  for (int i = 0; i < 40; ++i) pairs.insert(pairs.end(), {b.integer(i), b.atom("a")});
  AreaBounds bounds;
  REQUIRE(b.try_map(pairs, &bounds).ok());
  CHECK(bounds.min_words == bounds.max_words);
}

TEST_CASE("the bounds of several maps add up") {
  TermBuilder b;
  AreaBounds bounds;
  for (int i = 0; i < 2; ++i) {
    REQUIRE(b.try_map({b.integer(i), beam::kNil}, &bounds).ok());
  }
  CHECK(bounds.min_words == 12);
  CHECK(bounds.max_words == 12);
}
