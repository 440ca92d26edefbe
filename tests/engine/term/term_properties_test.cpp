// What holds for every term.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/term/equality.hpp"
#include "engine/term/internal_hash.hpp"
#include "engine/term/map_lookup.hpp"
#include "engine/term/order.hpp"
#include "engine/term/print.hpp"
#include "engine/term/term_words.hpp"
#include "engine/term/traversal.hpp"
#include "tests/engine/term/random_terms.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using beam::Term;
using Bytes = std::vector<std::uint8_t>;
using Choices = TermProgram::Choices;

constexpr std::size_t kArenaWords = std::size_t{1} << 20;

constexpr Choices kSharing{.sharing = true};

Term run(TermBuilder& b, const Bytes& program, Choices choices = {}) {
  return TermProgram(b, choices).run(program);
}

int order(Term a, Term b) {
  const auto compared = beam::compare_terms(a, b, TermBuilder::atoms());
  RC_ASSERT(compared.ok());
  return (compared.value() > 0) - (compared.value() < 0);
}

bool equal(Term a, Term b) {
  const auto result = beam::equal_terms(a, b);
  RC_ASSERT(result.ok());
  return result.value();
}

bool same_graph(Term a, Term b) {
  const auto result = beam::equal_graphs(a, b);
  RC_ASSERT(result.ok());
  return result.value();
}

std::uint32_t hash(Term key, unsigned round) {
  beam::KeyHasher hasher;
  const auto hashed = hasher.hash(key, round);
  RC_ASSERT(hashed.ok());
  return hashed.value().value;
}

// A second program that often gives almost the same term.
Bytes changed(Bytes program, std::uint8_t where, std::uint8_t to) {
  if (!program.empty() && where > 0) program[where % program.size()] = to;
  return program;
}

std::size_t inner_nodes(Term hash_map) {
  std::size_t nodes = 0;
  std::vector<Term> pending{hash_map};
  while (!pending.empty()) {
    const Term node = pending.back();
    pending.pop_back();
    for (const beam::Word word : beam::children_of(node)) {
      if (!Term{word}.is_boxed()) continue;
      pending.push_back(Term{word});
      ++nodes;
    }
  }
  return nodes;
}

// Elements of a random tuple, each once.
std::vector<Term> distinct_elements(Term tuple) {
  std::vector<Term> elements;
  for (const beam::Word word : beam::children_of(tuple)) elements.push_back(Term{word});
  std::sort(elements.begin(), elements.end(), [](Term a, Term b) { return order(a, b) < 0; });
  elements.erase(std::unique(elements.begin(), elements.end(), equal), elements.end());
  return elements;
}

}  // namespace

TEST_CASE("the order of terms is antisymmetric and agrees with equality") {
  check_property([](const Bytes& program, std::uint8_t where, std::uint8_t to) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program);
    const Term other = run(b, changed(program, where, to));
    RC_ASSERT(order(one, other) == -order(other, one));
    RC_ASSERT((order(one, other) == 0) == equal(one, other));
    RC_ASSERT(equal(one, other) == equal(other, one));
  });
}

TEST_CASE("the order of terms is transitive") {
  check_property([](const Bytes& program, std::uint8_t where, std::uint8_t to, const Bytes& more) {
    TermBuilder b(kArenaWords);
    std::vector<Term> terms{run(b, program), run(b, changed(program, where, to)),
                            run(b, changed(program, to, where)), run(b, more)};
    std::sort(terms.begin(), terms.end(), [](Term x, Term y) { return order(x, y) < 0; });
    for (std::size_t i = 0; i < terms.size(); ++i) {
      for (std::size_t j = i; j < terms.size(); ++j) RC_ASSERT(order(terms[i], terms[j]) <= 0);
    }
  });
}

TEST_CASE("equal terms have equal hashes, wherever their bits lie") {
  check_property([](const Bytes& program, std::uint8_t offset) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program);
    Choices choices;
    choices.binary_offset = offset % 20;
    const Term other = run(b, program, choices);
    RC_ASSERT(equal(one, other));
    RC_ASSERT(order(one, other) == 0);
    for (unsigned round = 0; round < 3; ++round) RC_ASSERT(hash(one, round) == hash(other, round));
  });
}

TEST_CASE("different terms have different hashes in one of eight rounds") {
  check_property([](const Bytes& program, std::uint8_t where, std::uint8_t to) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program);
    const Term other = run(b, changed(program, where, to));
    bool differs = equal(one, other);
    for (unsigned round = 0; round < 8 && !differs; ++round) {
      differs = hash(one, round) != hash(other, round);
    }
    RC_ASSERT(differs);
  });
}

TEST_CASE("a term that shares is equal to itself made again") {
  check_property([](const Bytes& program, std::uint8_t where, std::uint8_t to) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program, kSharing);
    const Term other = run(b, changed(program, where, to), kSharing);
    RC_ASSERT(equal(one, run(b, program, kSharing)));
    RC_ASSERT(equal(one, other) == equal(other, one));
    if (same_graph(one, other)) RC_ASSERT(equal(one, other));
  });
}

TEST_CASE("a term made twice is the same graph") {
  check_property([](const Bytes& program) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program, kSharing);
    const Term other = run(b, program, kSharing);
    RC_ASSERT(same_graph(one, other));
    RC_ASSERT(same_graph(one, one));
    RC_ASSERT(beam::graph_words(one).value() == beam::graph_words(other).value());
  });
}

TEST_CASE("a term that shares differs in its graph from itself with one more copy") {
  check_property([](const Bytes& program) {
    TermBuilder b(kArenaWords);
    const Term one = run(b, program, kSharing);
    const Term other = run(b, program, kSharing);
    const Term shared = b.tuple({one, one});
    const Term apart = b.tuple({one, other});
    RC_ASSERT(equal(shared, apart));
    RC_ASSERT(same_graph(shared, apart) == beam::is_empty_tuple(one));
  });
}

TEST_CASE("a graph is never larger than its flat copy, and as large without sharing") {
  check_property([](const Bytes& program, bool sharing) {
    TermBuilder b(kArenaWords);
    Choices choices;
    choices.sharing = sharing;
    choices.odd_bits = false;
    const Term term = run(b, program, choices);
    const std::size_t graph = beam::graph_words(term).value();
    const std::size_t flat = beam::flat_words(term).value();
    RC_ASSERT(graph <= flat);
    RC_ASSERT(graph == flat || sharing);
  });
}

TEST_CASE("a map has every key that it was made of and no other") {
  check_property([](const Bytes& program, const Bytes& more, std::uint8_t extra) {
    TermBuilder b(kArenaWords);
    std::vector<Term> keys = distinct_elements(run(b, program));
    for (int i = 0; i < extra; ++i) keys.push_back(b.text("extra " + std::to_string(i)));
    const std::size_t before = b.arena().used();
    const Term map = b.map_of_keys(keys);
    const std::size_t words = b.arena().used() - before;
    RC_ASSERT(beam::map_size(map) == keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      RC_ASSERT(beam::map_get(map, keys[i]).value() == b.integer(static_cast<std::int64_t>(i)));
    }
    for (const Term other : distinct_elements(run(b, more))) {
      const bool has =
          std::any_of(keys.begin(), keys.end(), [&](Term key) { return equal(key, other); });
      RC_ASSERT(beam::map_get(map, other).value().is_value() == has);
    }
    if (keys.size() > beam::kMaxFlatMapKeys) {
      RC_ASSERT(words == beam::hash_map_words(keys.size(), inner_nodes(map)));
    }
  });
}

TEST_CASE("a map is the same in whatever order its pairs are given") {
  check_property([](const Bytes& program, std::uint8_t extra, std::uint32_t seed) {
    TermBuilder b(kArenaWords);
    std::vector<Term> keys = distinct_elements(run(b, program));
    for (int i = 0; i < extra; ++i) keys.push_back(b.integer(1'000'000 + i));
    const Term one = b.map_of_keys(keys);
    std::vector<Term> pairs;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      pairs.insert(pairs.end(), {keys[i], b.integer(static_cast<std::int64_t>(i))});
    }
    for (std::size_t i = keys.size(); i > 1; --i) {
      seed = seed * 1664525 + 1013904223;
      const std::size_t j = (seed >> 8) % i;
      std::swap(pairs[2 * i - 2], pairs[2 * j]);
      std::swap(pairs[2 * i - 1], pairs[2 * j + 1]);
    }
    const Term other = b.map(pairs);
    RC_ASSERT(equal(one, other));
    RC_ASSERT(order(one, other) == 0);
  });
}

TEST_CASE("printed text is never longer than asked for, and whole where it fits") {
  check_property([](const Bytes& program, std::uint16_t limit) {
    TermBuilder b(kArenaWords);
    const Term term = run(b, program);
    const std::string whole = beam::print_term(term, TermBuilder::atoms(), std::size_t{1} << 30);
    const std::string cut = beam::print_term(term, TermBuilder::atoms(), limit);
    RC_ASSERT(cut.size() <= limit);
    if (whole.size() <= limit) {
      RC_ASSERT(cut == whole);
    } else if (limit >= 3) {
      RC_ASSERT(cut == whole.substr(0, cut.size() - 3) + "...");
    }
  });
}
