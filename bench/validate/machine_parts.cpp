// Taking a part of a held term; [] if there is no such part.
#include <algorithm>

#include "bench/validate/machine.hpp"
#include "engine/term/hash_trie.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/map_lookup.hpp"
#include "engine/term/traversal.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

// As in driver.erl: a leaf, a root and eight more nodes of 16 children.
constexpr std::size_t kUpdateRoom = 156;

[[nodiscard]] bool is_object(Term term, beam::Subtag subtag) {
  return term.is_boxed() && beam::header_subtag(*term.pointer()) == subtag;
}

Term updated_key() { return small(1); }

// The value of the updated key; kNonValue if `term` is not a map or lacks the key.
Result<Term> updated_value(Term term) {
  return beam::is_map(term) ? beam::map_get(term, updated_key()) : Result<Term>(beam::kNonValue);
}

// The position of the key's value in a flat map that has the key.
std::size_t position_in_flat_map(const beam::Word* map) {
  const beam::Word* const keys = Term{map[beam::kFlatMapKeys]}.pointer() + 1;
  const auto* const found = std::find(keys, keys + map[beam::kFlatMapSize], updated_key().word);
  return beam::kFlatMapValues + static_cast<std::size_t>(found - keys);
}

}  // namespace

Result<Unit> Machine::take_rest(Number to, Number from) {
  const Term list = slot(from);
  slot(to) = list.is_list() ? beam::tail_of(list) : beam::kNil;
  return Unit{};
}

Result<Unit> Machine::take_element(Number to, Number from, Number position) {
  const Term tuple = slot(from);
  const bool has =
      is_object(tuple, beam::Subtag::kTuple) && position <= beam::header_arity(*tuple.pointer());
  slot(to) = has ? Term{tuple.pointer()[position]} : beam::kNil;
  return Unit{};
}

// Unchanged parts are shared; if the map already has the value, no new one is created
// (erts_gc_update_map_exact, erts/emulator/beam/erl_map.c).
Result<Unit> Machine::update(Number to, Number from, Number value) {
  const auto room = make_room(kUpdateRoom);
  if (!room || process_->killed) return room;
  const Term map = slot(from);
  const Term wanted = slot(value);
  const auto present = updated_value(map);
  if (!present) return present.error();
  if (!present.value().is_value() || present.value() == wanted) {
    slot(to) = present.value().is_value() ? map : beam::kNil;
    return Unit{};
  }
  if (*map.pointer() != beam::kFlatMapHeader) {
    const auto updated = updated_hash_map(map, wanted);
    if (!updated) return updated.error();
    slot(to) = updated.value();
    return Unit{};
  }
  const std::size_t words = beam::flat_map_words(beam::map_size(map));
  beam::Word* const updated = process_->allocate(words);
  std::copy_n(map.pointer(), words, updated);
  updated[position_in_flat_map(updated)] = wanted.word;
  slot(to) = beam::make_boxed(updated);
  return Unit{};
}

// Copies every node on the path to the key's leaf, and the leaf.
Result<Term> Machine::updated_hash_map(Term map, Term value) {
  beam::KeyHasher hasher;
  std::uint32_t hash = 0;
  beam::Word* at = &map.word;
  for (unsigned level = 0; Term{*at}.is_boxed(); ++level) {
    if (level % beam::KeyHasher::kLevelsPerHash == 0) {
      const auto hashed = hasher.hash(updated_key(), level / beam::KeyHasher::kLevelsPerHash);
      if (!hashed) return hashed.error();
      hash = hashed.value().value;
    }
    const beam::Word* const node = Term{*at}.pointer();
    const auto children = beam::children_of(Term{*at});
    const auto first = static_cast<std::size_t>(children.data() - node);
    beam::Word* const copy = process_->allocate(first + children.size());
    std::copy_n(node, first + children.size(), copy);
    *at = beam::make_boxed(copy).word;
    const auto bit = beam::trie_bit(hash, level);
    const auto child = beam::trie_child(beam::map_bitmap(*copy), copy + first, bit) - copy;
    at = copy + child;
  }
  beam::Word* const leaf = process_->allocate(beam::kConsWords);
  leaf[0] = updated_key().word;
  leaf[1] = value.word;
  *at = beam::make_list(leaf).word;
  return map;
}

}  // namespace bench::validate
