// Checks the result: every heap is intact, every holder still has its literals, and a dead one has
// none.
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/cells/scenario.hpp"
#include "bench/holders/build_holder.hpp"
#include "engine/gc/verify.hpp"
#include "engine/term/equality.hpp"

namespace bench::cells {

using beam::Error;
using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

Error of_process(const char* what, std::uint64_t number) noexcept {
  return {what, Error::kNowhere, {number, "in process {}"}};
}

Result<Unit> check_equal(Term held, Term original, std::uint64_t number) noexcept {
  const auto equal = beam::equal_graphs(held, original);
  if (!equal) return equal.error();
  if (!equal.value()) return of_process("a held term changed", number);
  return Unit{};
}

}  // namespace

Result<Unit> Scenario::check_holder(beam::Process& process, std::uint64_t number,
                                    const Area& originals) noexcept {
  Draw draw(spec_, originals, number);
  const Term held = process.stack_term(holders::kHeldSlot);
  const Term first = originals.image.literals[draw.next()];
  if (!draw.more()) return check_equal(held, first, number);
  // The list was built front to back, so its last element was drawn first.
  std::uint64_t count = 1;
  for (; draw.more(); static_cast<void>(draw.next())) ++count;
  beam::MappedArray<Term> elements;
  for (Term list = held; list.is_list(); list = beam::tail_of(list)) {
    if (!elements.push_back(beam::head_of(list))) return Error{"no memory to check a holder"};
  }
  if (elements.size() != count) return of_process("a held list changed", number);
  Draw again(spec_, originals, number);
  for (std::size_t i = elements.size(); i > 0; --i) {
    const auto equal = check_equal(elements[i - 1], originals.image.literals[again.next()], number);
    if (!equal) return equal;
  }
  return Unit{};
}

// It was collected, so what only garbage referred to is gone from its heap.
Result<Unit> Scenario::check_dead_holder(beam::Process& process,
                                         std::uint64_t number) const noexcept {
  const std::size_t words =
      process.used_words() + process.old_used_words() + process.fragment_words;
  const bool nothing = process.stack_term(holders::kHeldSlot).word == beam::kNil.word;
  if (nothing && words == spec_.heap_words) return Unit{};
  return of_process("what only garbage referred to was kept", number);
}

Result<Unit> Scenario::verify(const Area& originals) noexcept {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    beam::Process& process = node_.processes()[i];
    if (process.killed) continue;
    const auto whole = beam::verify_process(process, &node_.literals());
    if (!whole) return whole.error();
    if (kinds_[i] == ProcessKind::kBystander) continue;
    const auto checked = kinds_[i] == ProcessKind::kHolder ? check_holder(process, i, originals)
                                                           : check_dead_holder(process, i);
    if (!checked) return checked;
  }
  return Unit{};
}

}  // namespace bench::cells
