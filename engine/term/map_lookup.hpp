// Reading maps of both kinds: their size, one key's value, all pairs of a hash map.
#pragma once

#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Whether `term` is a map and not an inner node of one.
[[nodiscard]] bool is_map(Term term) noexcept;

// Number of keys of a map.
[[nodiscard]] std::size_t map_size(Term map) noexcept;

// The value of `key` in `map`, or kNonValue if the map has no such key. Keys are compared by =:=.
// Errors: no memory; in a hash map, a key whose hash is unknown.
[[nodiscard]] Result<Term> map_get(Term map, Term key);

// Appends the leaves of a hash map, each a cons [Key|Value], in trie order.
[[nodiscard]] Result<Unit> append_leaves(Term hash_map, MappedArray<Term>& leaves);

}  // namespace beam
