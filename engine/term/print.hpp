// Terms as text in Erlang syntax, like `~tw`, with `fun m:f/a` for external funs.
#pragma once

#include <cstddef>
#include <string>

#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

// `term` in at most `max_bytes` bytes of UTF-8. Longer text, or text that memory ran out for, is
// cut at a character and ends with "...". Time is linear in the text, not in the term. Pairs of
// hash maps are in trie order. Terms without syntax (identifiers, local funs) are written as in the
// shell: #Ref<0.3.2.1>, #Fun<m.0.12345>.
[[nodiscard]] std::string print_term(Term term, const AtomTable& atoms, std::size_t max_bytes);

}  // namespace beam
