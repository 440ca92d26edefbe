// The structure of a hash map: a 16-way trie. A node has a child for every bit of its bitmap, in
// the order of the bits; a child that is a cons [Key|Value] is a leaf, any other an inner node. The
// bit at level L (the root is level 0) is four bits of the key's hash, lowest first; after eight
// levels the key is hashed again. Every node is shared by two keys or more. Source: OTP 25,
// erts/emulator/beam/erl_map.c.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "engine/term/internal_hash.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

// At this depth two keys agree in eight hashes, which happens only with crafted keys; these crash
// the runtime.
inline constexpr unsigned kMaxTrieLevels = 8 * KeyHasher::kLevelsPerHash;

// The bit of a key with this hash in a node at `level`.
[[nodiscard]] constexpr unsigned trie_bit(std::uint32_t hash, unsigned level) noexcept {
  return (hash >> (KeyHasher::kBitsPerLevel * (level % KeyHasher::kLevelsPerHash))) & 0xF;
}

// The child for `bit` in a node with these children; null if there is none.
[[nodiscard]] constexpr const Word* trie_child(unsigned bitmap, const Word* children,
                                               unsigned bit) noexcept {
  if ((bitmap >> bit & 1) == 0) return nullptr;
  return children + std::popcount(bitmap & ((1U << bit) - 1));
}

}  // namespace beam
