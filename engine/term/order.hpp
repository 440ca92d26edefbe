// The term order of map keys: Erlang's term order, except that every integer is before every float.
//
//   integer < float < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
//
// Atoms go by name, tuples by arity and then by element, maps by size, then by the sorted keys,
// then by their values in that order. Local funs are before external ones; local funs of one
// function are ordered by environment. Pids are ordered by serial, number and then node; ports and
// references by node (name, creation) first, references then from their last number to the first. 0
// exactly for terms that are =:= (0.0 and -0.0 are). Time is linear in the terms as trees, without
// sharing. Source: OTP 25, erts_cmp with exact numbers (erts_internal:cmp_term/2),
// erts/emulator/beam/utils.c.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Negative, 0, positive: `a` is before, equal to, after `b`. Match states have no order. Errors: no
// memory; a match state.
[[nodiscard]] Result<int> compare_terms(Term a, Term b, const AtomTable& atoms);

// The same for many comparisons, reusing its work memory.
class TermOrder {
 public:
  explicit TermOrder(const AtomTable& atoms) : atoms_(atoms) {}

  [[nodiscard]] Result<int> compare(Term a, Term b);

 private:
  // Empty: continue the search for a least key on top of the stack, or an error was recorded.
  using Order = std::optional<int>;

  // Terms to compare one by one until two differ.
  struct Words {
    const Word* a;
    const Word* b;
    std::size_t left;
  };
  // Searching the least key of candidates_[begin..]: `least` so far, `next` to be compared.
  struct LeastKey {
    std::size_t begin;
    std::size_t least;
    std::size_t next;
  };
  using Frame = std::variant<Words, LeastKey>;

  // A key in which two hash maps differ. A value is kNonValue if its map has no such key.
  struct Candidate {
    Term key;
    Term value_a;
    Term value_b;
  };

  Order compare_words(Words words);
  Order decide(Term a, Term b);
  Order decide_funs(const Word* a, const Word* b);
  bool open(Term a, Term b, Words& words);
  bool open_flat_maps(Term a, Term b, Words& words);
  Order begin_hash_maps(Term a, Term b);
  Order resume(int order);
  Order advance();
  Order finish_search(const LeastKey& search);
  [[nodiscard]] Result<Unit> collect_candidates(Term a, Term b);
  [[nodiscard]] Result<Unit> collect_missing(Term map, Term other, bool map_is_a);
  [[nodiscard]] Result<Unit> collect_different(Term a, Term b);
  Order fail(const Error& error) noexcept;

  const AtomTable& atoms_;
  MappedArray<Frame> frames_;
  MappedArray<Candidate> candidates_;
  std::optional<Error> error_;
};

}  // namespace beam
