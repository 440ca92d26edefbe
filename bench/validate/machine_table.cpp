// Terms in an ETS table: flat copies in and out, including literals.
#include <utility>

#include "bench/validate/machine.hpp"
#include "engine/heap/copy_onto_heap.hpp"
#include "engine/term/copy_term.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_words.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

constexpr std::size_t kPairWords = 3;

}  // namespace

// The process makes {Key, Value} for ets:insert/2.
Result<Unit> Machine::store(Number key, Number from) {
  const auto room = make_room(kPairWords);
  if (!room || process_->killed) return room;
  const Term value = slot(from);
  beam::Word* const pair = process_->allocate(kPairWords);
  pair[0] = beam::make_header(2, beam::Subtag::kTuple);
  pair[1] = small(key).word;
  pair[2] = value.word;
  const std::size_t words = beam::copied_words(value, {}, nullptr);
  beam::HeapFragment* const fragment = beam::make_fragment(blocks_, words);
  if (fragment == nullptr) return beam::Error{"no memory for a table"};
  beam::Word* top = fragment->words();
  const Term copy = beam::copy_term(value, {}, nullptr, top, fragment->off_heap);
  beam::release_fragments(blocks_, std::exchange(table_[key], {fragment, copy}).fragment);
  return Unit{};
}

// ets:lookup_element/3.
Result<Unit> Machine::fetch(Number to, Number key) {
  const Term stored = table_[key].term;
  if (!stored.is_value()) {
    slot(to) = beam::kNil;
    return Unit{};
  }
  beam::Word* top = process_->allocate_or_fragment(beam::copied_words(stored, {}, nullptr));
  if (top == nullptr) return beam::Error{"no memory for an element of a table"};
  return set_returned(to, beam::copy_for_process(*process_, stored, nullptr, top));
}

}  // namespace bench::validate
