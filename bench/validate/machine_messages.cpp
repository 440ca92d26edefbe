// Messages sent to the process and received by it.
#include <vector>

#include "bench/validate/machine.hpp"
#include "engine/term/layout.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

// A literal, or a tuple with several references to it.
class LiteralMessage {
 public:
  LiteralMessage(Term literal, Number references) : words_(1 + references, literal.word) {
    words_[0] = beam::make_header(references, beam::Subtag::kTuple);
    term_ = references == 0 ? literal : beam::make_boxed(words_.data());
  }
  [[nodiscard]] Term term() const { return term_; }

 private:
  std::vector<beam::Word> words_;
  Term term_;
};

}  // namespace

Result<Unit> Machine::tell(Number length) {
  std::vector<beam::Word> words(beam::kConsWords * length);
  return deliver(list_at(words.data(), length));
}

Result<Unit> Machine::tell_literal(Number module, Number index, Number references) {
  const LiteralMessage message(literal(module, index), references);
  return deliver(message.term());
}

// A timer copies its message, including literals, into a fragment that it keeps until it is due.
Result<Unit> Machine::tell_later(Number module, Number index, Number references) {
  const LiteralMessage message(literal(module, index), references);
  const beam::AddressRanges copied =
      node_.code().find(beam::make_atom(module))->current.literals.range();
  return deliver(message.term(), {.receiver_runs = true, .released = &copied});
}

// The literal is sent while its area is being released and this process has not been scanned yet.
Result<Unit> Machine::cross(Number module, Number index, Number references) {
  const LiteralMessage message(literal(module, index), references);
  const Term name = beam::make_atom(module);
  if (node_.code().find(name)->old.loaded) return Unit{};
  const auto loaded = load(module);
  if (!loaded) return loaded;
  const auto purged = node_.purge_code(name);
  if (!purged) return purged.error();
  static_cast<void>(node_.collector().release_area_switch(node_.literals()));
  const beam::AddressRanges released = node_.collector().copy_areas()->ranges();
  const auto sent = deliver(message.term(), {.released = &released});
  return sent && !process_->killed ? collect_literals() : sent;
}

// Any message makes the process run, which only looks for the one it waits for.
Result<Unit> Machine::deliver(Term message, beam::Delivery how) {
  const auto sent = beam::send(*process_, message, how);
  if (!sent) return sent;
  return wake();
}

Result<Unit> Machine::post(Number from) { return beam::send_to_self(*process_, slot(from)); }

Result<Unit> Machine::receive(Number to) {
  slot(to) = process_->messages.count == 0 ? beam::kNil : beam::receive(*process_);
  return Unit{};
}

}  // namespace bench::validate
