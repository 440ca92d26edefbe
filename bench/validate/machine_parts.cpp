// What the process takes of a term that it holds: [] where there is no such part.
#include <algorithm>

#include "bench/validate/machine.hpp"
#include "engine/term/layout.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

// As in driver.erl: a flat map of as many keys as there can be.
constexpr std::size_t kFlatMapRoom = beam::flat_map_words(beam::kMaxFlatMapKeys);

[[nodiscard]] bool is_object(Term term, beam::Subtag subtag) {
  return term.is_boxed() && beam::header_subtag(*term.pointer()) == subtag;
}

// Where a flat map has its value of `key`; 0 where it has none.
std::size_t position_in_flat_map(Term map, Term key) {
  if (!map.is_boxed() || *map.pointer() != beam::kFlatMapHeader) return 0;
  const beam::Word* const keys = Term{map.pointer()[beam::kFlatMapKeys]}.pointer();
  const std::size_t size = map.pointer()[beam::kFlatMapSize];
  const auto* const found = std::find(keys + 1, keys + 1 + size, key.word);
  const auto index = static_cast<std::size_t>(found - (keys + 1));
  return index == size ? 0 : beam::kFlatMapValues + index;
}

}  // namespace

void Machine::take_rest(Number to, Number from) {
  const Term list = slot(from);
  slot(to) = list.is_list() ? beam::tail_of(list) : beam::kNil;
}

void Machine::take_element(Number to, Number from, Number position) {
  const Term tuple = slot(from);
  const bool has =
      is_object(tuple, beam::Subtag::kTuple) && position <= beam::header_arity(*tuple.pointer());
  slot(to) = has ? Term{tuple.pointer()[position]} : beam::kNil;
}

// The keys are shared; a map that has the value already is no new one (erts_gc_update_map_exact,
// erts/emulator/beam/erl_map.c).
Result<Unit> Machine::update(Number to, Number from, Number value) {
  const auto room = make_room(kFlatMapRoom);
  if (!room || process_->killed) return room;
  const Term map = slot(from);
  const std::size_t at = position_in_flat_map(map, small(1));
  if (at == 0 || map.pointer()[at] == slot(value).word) {
    slot(to) = at == 0 ? beam::kNil : map;
    return Unit{};
  }
  const std::size_t words = beam::flat_map_words(map.pointer()[beam::kFlatMapSize]);
  beam::Word* const updated = process_->allocate(words);
  std::copy_n(map.pointer(), words, updated);
  updated[at] = slot(value).word;
  slot(to) = beam::make_boxed(updated);
  return Unit{};
}

}  // namespace bench::validate
