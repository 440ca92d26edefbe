// Terms as text, in Erlang's syntax: what `~tw` writes, with `fun m:f/a` for external funs.
#pragma once

#include <cstddef>
#include <string>

#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

// `term` in at most `max_bytes` bytes of UTF-8. Longer text, or text that no memory was left for,
// is cut at a character and ends with "...". Takes time linear in the text, not in the term. Pairs
// of hash maps are in the order of the trie. What has no syntax (identifiers, local funs) is
// written as the shell writes it: #Ref<0.3.2.1>, #Fun<m.0.12345>.
[[nodiscard]] std::string print_term(Term term, const AtomTable& atoms, std::size_t max_bytes);

}  // namespace beam
