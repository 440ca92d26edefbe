#include "bench/holders/build_holder.hpp"

#include <array>
#include <utility>

#include "bench/holders/own_data.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/copy_onto_heap.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_words.hpp"

namespace bench::holders {

using beam::Error;
using beam::Process;
using beam::Result;
using beam::Term;
using beam::Unit;
using beam::Word;

namespace {

// More than any literal space has. A copy of a term with much sharing may be larger.
constexpr std::size_t kMostWords = std::size_t{1} << 32;

// Its heap limit may kill it then.
Result<Unit> collect_for(Process& process, std::size_t need) noexcept {
  BEAM_CHECK(beam::collect(process, need));
  return Unit{};
}

Result<Unit> make_room(Process& process, std::size_t words) noexcept {
  return words <= process.room() ? Result<Unit>(Unit{}) : collect_for(process, words);
}

// As on the next scheduling of the process: collects if its fragments or binaries are too many.
Result<Unit> collect_if_due(Process& process) noexcept {
  return process.collection_due() ? collect_for(process, 0) : Result<Unit>(Unit{});
}

Result<Term> part_of(Term literal, std::uint32_t element) noexcept {
  if (element == 0) return literal;
  if (literal.is_list() && element <= beam::kConsWords) return Term{literal.pointer()[element - 1]};
  const bool has = literal.is_boxed() && beam::is_tuple_header(*literal.pointer()) &&
                   element <= beam::header_arity(*literal.pointer());
  if (has) return Term{literal.pointer()[element]};
  return Error{"a literal has no such element", Error::kNowhere, {element, "element {}"}};
}

// A table's element has no literals, so the area's are copied. Without room on the heap, a built-in
// function uses a fragment.
Result<Term> copy_of(Term original, const beam::AddressRanges& area, Process& process) noexcept {
  const std::size_t words = beam::copied_words(original, {}, nullptr);
  if (words > kMostWords)
    return Error{"a copy of a literal is too large",
                 Error::kNowhere,
                 {words, "{} words, and {} are the most", kMostWords}};
  Word* top = process.allocate_or_fragment(words);
  if (top == nullptr)
    return Error{"no memory for a copy of a literal", Error::kNowhere, {words, "{} words"}};
  return beam::copy_for_process(process, original, &area, top);
}

// Prepends a cell to the list in the held slot; the caller fills its head.
Word* add_cell(Process& process) noexcept {
  Word* const cell = process.allocate(beam::kConsWords);
  Term& list = process.stack_term(kHeldSlot);
  cell[0] = beam::kNil.word;
  cell[1] = list.word;
  list = beam::make_list(cell);
  return cell;
}

// A process being built. Each step does nothing once the heap limit has killed the process.
class HolderBuild {
 public:
  HolderBuild(Process& process, const Holder& holder, HeldTerms& terms) noexcept
      : process_(process), holder_(holder), terms_(terms) {}

  [[nodiscard]] Result<Unit> run() noexcept {
    for (const auto step : {&HolderBuild::push_held_slot, &HolderBuild::take_all,
                            &HolderBuild::put_in_place, &HolderBuild::make_garbage,
                            &HolderBuild::collect, &HolderBuild::let_go, &HolderBuild::sleep}) {
      BEAM_CHECK((this->*step)());
      if (process_.killed) break;
    }
    return Unit{};
  }

 private:
  [[nodiscard]] Result<Unit> push_held_slot() noexcept { return push_slot(process_); }
  [[nodiscard]] Result<Unit> take_all() noexcept;
  [[nodiscard]] Result<Unit> put_in_place() noexcept;
  [[nodiscard]] Result<Unit> make_garbage() noexcept;
  [[nodiscard]] Result<Unit> collect() noexcept;
  [[nodiscard]] Result<Unit> let_go() noexcept;
  [[nodiscard]] Result<Unit> sleep() noexcept;

  [[nodiscard]] Result<Unit> take(const HeldTerm& held, bool in_list) noexcept;
  [[nodiscard]] Result<Unit> queue(const HeldTerm& held) noexcept;
  [[nodiscard]] Result<Term> item_of(const HeldTerm& held) noexcept;
  [[nodiscard]] Result<Unit> put_in_tuple() noexcept;
  [[nodiscard]] Result<Unit> put_in_dictionary() noexcept;
  [[nodiscard]] Result<Unit> put_in_fun() noexcept;
  [[nodiscard]] Result<Unit> forget_messages() noexcept;
  [[nodiscard]] Term& held() noexcept { return process_.stack_term(kHeldSlot); }

  Process& process_;
  const Holder& holder_;
  HeldTerms& terms_;
};

// A single item is in the slot itself; several are in a list on the process's heap.
Result<Unit> HolderBuild::take_all() noexcept {
  for (bool first = true, in_list = false; terms_.more() && !process_.killed; first = false) {
    const HeldTerm next = terms_.next();
    if (first) in_list = terms_.more();
    BEAM_CHECK(holder_.place == HoldingPlace::kMessage ? queue(next) : take(next, in_list));
  }
  return Unit{};
}

Result<Unit> HolderBuild::take(const HeldTerm& held_term, bool in_list) noexcept {
  Word* place = &held().word;
  if (in_list) {
    BEAM_CHECK(make_room(process_, beam::kConsWords));
    if (process_.killed) return Unit{};
    place = add_cell(process_);
  }
  BEAM_TRY(const Term item, item_of(held_term));
  *place = item.word;
  return collect_if_due(process_);
}

Result<Term> HolderBuild::item_of(const HeldTerm& held_term) noexcept {
  if (holder_.holding == Holding::kScalars) return beam::make_small(held_term.number);
  BEAM_TRY(const Term part, part_of(held_term.term, holder_.element));
  if (holder_.holding == Holding::kLiterals) return part;
  return copy_of(part, held_term.area, process_);
}

// Sent while the process runs, so that the copy is attached to the message.
Result<Unit> HolderBuild::queue(const HeldTerm& held_term) noexcept {
  Term item = beam::make_small(held_term.number);
  if (holder_.holding != Holding::kScalars) {
    BEAM_TRY(item, part_of(held_term.term, holder_.element));
  }
  std::array<Word, 2> tuple{beam::make_header(1, beam::Subtag::kTuple), item.word};
  const bool copies = holder_.holding == Holding::kCopies;
  return beam::send(process_, beam::make_boxed(tuple.data()),
                    {.receiver_runs = true, .released = copies ? &held_term.area : nullptr});
}

Result<Unit> HolderBuild::put_in_place() noexcept {
  switch (holder_.place) {
    case HoldingPlace::kHeap:
      return put_in_tuple();
    case HoldingPlace::kDictionary:
      return put_in_dictionary();
    case HoldingPlace::kFun:
      return put_in_fun();
    case HoldingPlace::kStack:
    case HoldingPlace::kMessage:
      break;
  }
  return Unit{};
}

Result<Unit> HolderBuild::put_in_tuple() noexcept {
  constexpr std::size_t kTupleWords = 2;
  BEAM_CHECK(make_room(process_, kTupleWords));
  if (process_.killed) return Unit{};
  Word* const tuple = process_.allocate(kTupleWords);
  tuple[0] = beam::make_header(1, beam::Subtag::kTuple);
  tuple[1] = held().word;
  held() = beam::make_boxed(tuple);
  return Unit{};
}

// put(1, Held): an entry is a tuple {Key, Value}.
Result<Unit> HolderBuild::put_in_dictionary() noexcept {
  constexpr std::size_t kEntryWords = 3;
  BEAM_CHECK(make_room(process_, kEntryWords));
  if (process_.killed) return Unit{};
  Word* const entry = process_.allocate(kEntryWords);
  entry[0] = beam::make_header(2, beam::Subtag::kTuple);
  entry[1] = beam::make_small(1).word;
  entry[2] = std::exchange(held(), beam::kNil).word;
  return process_.put_dictionary(beam::make_boxed(entry));
}

Result<Unit> HolderBuild::put_in_fun() noexcept {
  constexpr std::size_t kWords = beam::kFunWords + 1;
  BEAM_CHECK(make_room(process_, kWords));
  if (process_.killed) return Unit{};
  Word* const fun = process_.allocate(kWords);
  fun[0] = beam::kFunHeader;
  fun[beam::kFunEntry] = 0;
  fun[beam::kFunArity] = beam::pack_fun_arity(0, 1);
  fun[beam::kFunCreator] = beam::make_pid(1).word;
  fun[beam::kFunWords] = held().word;
  process_.own(fun);
  held() = beam::make_boxed(fun);
  return Unit{};
}

// A slot above the held one keeps it until let_go().
Result<Unit> HolderBuild::make_garbage() noexcept {
  if (holder_.dead_words == 0) return Unit{};
  BEAM_CHECK(push_slot(process_));
  if (process_.killed) return Unit{};
  BEAM_CHECK(make_room(process_, holder_.dead_words));
  if (process_.killed) return Unit{};
  BEAM_TRY(process_.stack_term(0), make_own_data(process_, holder_.dead_words));
  return Unit{};
}

Result<Unit> HolderBuild::collect() noexcept {
  for (std::uint32_t i = 0; i < holder_.collections && !process_.killed; ++i) {
    BEAM_CHECK(beam::collect_on_request(process_, beam::Request::kMinor));
  }
  return Unit{};
}

// Afterwards the held slot is the top of the stack again.
Result<Unit> HolderBuild::let_go() noexcept {
  if (holder_.dead_words != 0) process_.pop();
  if (holder_.live) return Unit{};
  held() = beam::kNil;
  // An erased key leaves [] in its place.
  if (holder_.place == HoldingPlace::kDictionary) process_.dictionary.begin[0] = beam::kNil.word;
  return forget_messages();
}

Result<Unit> HolderBuild::forget_messages() noexcept {
  while (process_.messages.count != 0) static_cast<void>(beam::receive(process_));
  return collect_if_due(process_);
}

// Hibernates with the arguments [Held] or [Held, OwnData] in place of its stack. Room for the list
// is made while they are still on the stack.
Result<Unit> HolderBuild::sleep() noexcept {
  if (!holder_.hibernated) return Unit{};
  if (process_.messages.count != 0) return Error{"a process with messages does not hibernate"};
  const std::size_t count = holder_.own_words == 0 ? 1 : 2;
  BEAM_CHECK(make_room(process_, count * beam::kConsWords));
  if (process_.killed) return Unit{};
  Word* const cells = process_.allocate(count * beam::kConsWords);
  Term arguments = beam::kNil;
  for (std::size_t i = count; i-- > 0;) {
    Word* const cell = cells + i * beam::kConsWords;
    cell[0] = process_.stack_term(i).word;
    cell[1] = arguments.word;
    arguments = beam::make_list(cell);
  }
  BEAM_CHECK(beam::hibernate(process_, arguments));
  return Unit{};
}

}  // namespace

Result<Process> build_holder(beam::BlockResource& blocks, beam::AddressRange literals,
                             const Holder& holder, HeldTerms& terms) noexcept {
  BEAM_TRY(Process process, spawn_with_own_data(blocks, literals, holder.own_words));
  process.options.max_heap_words = holder.max_heap_words;
  BEAM_CHECK(HolderBuild(process, holder, terms).run());
  return process;
}

}  // namespace bench::holders
