#include "engine/term/map_builder.hpp"

#include <algorithm>
#include <cmath>

#include "engine/term/empty_tuple.hpp"
#include "engine/term/hash_map_builder.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/order.hpp"

namespace beam {

namespace {

// Insertion sort: there are at most 32 pairs, and compilers write them already sorted.
Result<Unit> sort_pairs(std::span<Term> pairs, const AtomTable& atoms) {
  TermOrder order(atoms);
  for (std::size_t sorted = 2; sorted < pairs.size(); sorted += 2) {
    for (std::size_t at = sorted; at > 0; at -= 2) {
      const Result<int> compared = order.compare(pairs[at - 2], pairs[at]);
      if (!compared) return compared.error();
      if (compared.value() == 0) return kSameKeyTwice;
      if (compared.value() < 0) break;
      std::swap(pairs[at - 2], pairs[at]);
      std::swap(pairs[at - 1], pairs[at + 1]);
    }
  }
  return Unit{};
}

Result<Term> build_flat_map(std::span<Term> pairs, WordArena& arena, const AtomTable& atoms) {
  const Result<Unit> sorted = sort_pairs(pairs, atoms);
  if (!sorted) return sorted.error();
  const std::size_t count = pairs.size() / 2;
  const std::size_t keys_words = count == 0 ? 0 : 1 + count;
  Word* keys = arena.allocate(keys_words + flat_map_words(count));
  if (keys == nullptr) return kNoRoomForMap;
  Word* map = keys + keys_words;
  if (count > 0) keys[0] = make_header(count, Subtag::kTuple);
  map[0] = kFlatMapHeader;
  map[kFlatMapSize] = count;
  map[kFlatMapKeys] = (count == 0 ? unplaced_empty_tuple() : make_boxed(keys)).word;
  for (std::size_t i = 0; i < count; ++i) {
    keys[1 + i] = pairs[2 * i].word;
    map[kFlatMapValues + i] = pairs[2 * i + 1].word;
  }
  return make_boxed(map);
}

// Probability that two or more of `keys` keys fall into one given group of 16^level.
double shared_probability(double keys, double share) noexcept {
  if (keys * share < 1e-5) return keys * (keys - 1) / 2 * share * share;
  const double none = std::exp(keys * std::log1p(-share));
  return 1 - none - keys * share / (1 - share) * none;
}

}  // namespace

std::size_t fewest_inner_nodes(std::size_t keys) noexcept { return (keys - 16 + 14) / 15; }

double mean_inner_nodes(std::size_t keys) noexcept {
  double mean = 0;
  double groups = 16;
  // From level 24 on, the terms of up to 2^40 keys add less than one node in a hundred.
  for (int level = 1; level < 24; ++level, groups *= 16) {
    mean += groups * shared_probability(static_cast<double>(keys), 1 / groups);
  }
  return mean;
}

std::size_t most_inner_nodes(std::size_t keys) noexcept {
  const double spread = 3 * std::sqrt(static_cast<double>(keys));
  return static_cast<std::size_t>(std::ceil(mean_inner_nodes(keys) + spread));
}

Result<Term> build_map(std::span<Term> pairs, WordArena& arena, const AtomTable& atoms,
                       AreaBounds* bounds) {
  const std::size_t before = arena.used();
  const std::size_t keys = pairs.size() / 2;
  AreaBounds own;
  bool varies = false;
  const Result<Term> map = keys <= kMaxFlatMapKeys ? build_flat_map(pairs, arena, atoms)
                                                   : build_hash_map(pairs, arena, &varies);
  if (!map) return map;
  own.min_words = own.max_words = arena.used() - before;
  if (varies) {
    own.min_words = std::min(own.min_words, hash_map_words(keys, fewest_inner_nodes(keys)));
    own.max_words = std::max(own.max_words, hash_map_words(keys, most_inner_nodes(keys)));
  }
  if (bounds != nullptr) {
    bounds->min_words += own.min_words;
    bounds->max_words += own.max_words;
  }
  return map;
}

}  // namespace beam
