// The trie of a map of more than 32 keys; see hash_trie.hpp for its shape and map_builder.hpp for
// its size.
#pragma once

#include <span>

#include "engine/base/result.hpp"
#include "engine/base/word_arena.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr Error kSameKeyTwice{"a map has the same key twice"};
inline constexpr Error kNoRoomForMap{"the arena is full"};

// Builds a hash map of these pairs (key, value, key, value) in `arena`. Sets `*varies` if some
// key's hash, and so the map's size, differs between runs of a runtime. Errors as build_map.
[[nodiscard]] Result<Term> build_hash_map(std::span<const Term> pairs, WordArena& arena,
                                          bool* varies);

}  // namespace beam
