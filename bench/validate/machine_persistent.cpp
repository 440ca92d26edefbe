// Persistent terms, put and erased by another process or by this one.
#include <vector>

#include "bench/validate/machine.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_writer.hpp"

namespace bench::validate {

using beam::Result;
using beam::Unit;

namespace {

// Bytes of the state that the call keeps in case it is interrupted (ErtsPersistentTermPut2Context,
// erts/emulator/beam/erl_bif_persistent.c).
constexpr std::size_t kPutStateBytes = 160;

}  // namespace

Result<Unit> Machine::keep(Number key, Number length) {
  std::vector<beam::Word> words(beam::kConsWords * length);
  const auto kept = node_.put_persistent(small(key), list_at(words.data(), length));
  return kept ? collect_literals() : kept;
}

Result<Unit> Machine::look(Number to, Number key) {
  const auto value = node_.get_persistent(small(key));
  if (!value) return value.error();
  slot(to) = value.value().is_value() ? value.value() : beam::kNil;
  return Unit{};
}

Result<Unit> Machine::forget(Number key) {
  const auto erased = node_.erase_persistent(small(key));
  return erased ? collect_literals() : Done(erased.error());
}

// The call leaves a reference to its state on the heap, which counts as a binary until the next
// sweep (erts_mk_magic_ref, erts/emulator/beam/erl_bif_unique.c). The replaced term is only queued:
// the collector continues after the process has answered.
Result<Unit> Machine::publish(Number key, Number from) {
  const auto put = node_.put_persistent(small(key), slot(from));
  if (!put) return put;
  beam::RefcBinary* const state = make_payload(kPutStateBytes);
  beam::Word* top = process_->allocate_or_fragment(beam::kRefWords);
  if (state == nullptr || top == nullptr) return beam::Error{"no memory for a persistent term"};
  beam::Word* alone = nullptr;  // own() puts it on the process's list
  process_->own(beam::TermWriter(top, alone).magic_reference(state).pointer());
  process_->virtual_heap.young += kPutStateBytes / beam::kWordBytes;
  return without_value(returned(beam::kNil, Room::kWords));
}

}  // namespace bench::validate
