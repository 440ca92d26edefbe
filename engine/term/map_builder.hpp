// Maps as the runtime would lay them out: up to 32 keys flat, more as a hash map.
//
// A flat map of n keys takes 3 + n words, and its keys tuple n + 1 directly before it (none for n =
// 0); keys are in the exact order of compare_terms. A hash map takes 2 + 3K + 2M words for K keys
// and M inner nodes other than the root; its shape follows from the hashes of its keys alone.
//
// Bounds of M. Keys that are or contain atoms or funs hash differently in another run, so for them
// only bounds of M are known:
// - least: the root and the inner nodes have at most 16 children each, so K <= 16 + 15M, always;
// - most: for independent uniform hashes M has the mean E(K) = sum over L >= 1 of
//   16^L (1 - (1-p)^K - Kp(1-p)^(K-1)), p = 16^-L: a node at level L for each of 16^L prefixes that
//   two keys or more share. M > E(K) + 3 sqrt(K) has a probability below 10^-9 for every K > 32, by
//   Chernoff's bound on the generating function G(x) = e^t G(x/16)^16 + (1 - e^t)(1 + x)e^-x of
//   Poisson many keys; the tests compute it. This holds for random atom indexes, not always. Keys
//   that do not vary are treated as if they did; the map built here is always within the bounds.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/result.hpp"
#include "engine/base/word_arena.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Builds a map of these pairs (key, value, key, value; reordered here) in `arena`. The least and
// the most words that the map itself may take are added to `bounds`, if not null: both are its size
// here unless it is a hash map whose keys vary between runs. Errors: a duplicate key; a key whose
// hash is unknown; different keys agree in eight hashes; the arena is full; no work memory. On
// error the arena keeps the words used so far.
[[nodiscard]] Result<Term> build_map(std::span<Term> pairs, WordArena& arena,
                                     const AtomTable& atoms, AreaBounds* bounds);

// Words of a hash map.
[[nodiscard]] constexpr std::size_t hash_map_words(std::size_t keys, std::size_t nodes) noexcept {
  return 2 + 3 * keys + 2 * nodes;
}

// The bounds of M above for `keys` > 32 keys.
[[nodiscard]] std::size_t fewest_inner_nodes(std::size_t keys) noexcept;
[[nodiscard]] double mean_inner_nodes(std::size_t keys) noexcept;
[[nodiscard]] std::size_t most_inner_nodes(std::size_t keys) noexcept;

}  // namespace beam
