#include "tests/support/mutator.hpp"

#include <array>
#include <ostream>
#include <stdexcept>

#include "engine/gc/cheney.hpp"
#include "engine/term/bits.hpp"

namespace beam_test {

using namespace beam;

namespace {

constexpr std::array kStepNames{"list",
                                "tuple",
                                "heap binary",
                                "counted binary",
                                "sub-binary",
                                "fun",
                                "big",
                                "external pid",
                                "external port",
                                "external reference",
                                "reference",
                                "magic reference",
                                "match state",
                                "literal",
                                "return address",
                                "forget",
                                "drop",
                                "remember",
                                "minor",
                                "major"};
constexpr std::size_t kMaxElements = 300;
constexpr std::size_t kMaxEnvironment = 4;
constexpr std::size_t kMaxSavedPositions = 3;
constexpr std::array<std::uint32_t, kMaxRefNumbers> kNumbers{11, 12, 13, 14, 15};
// A word of a stack that is no term.
constexpr Word kReturnAddress = 0x7F00'1234'5670;

std::vector<StepKind> all_kinds() {
  std::vector<StepKind> kinds;
  for (std::size_t i = 0; i < kStepNames.size(); ++i) kinds.push_back(static_cast<StepKind>(i));
  return kinds;
}

rc::Gen<std::size_t> sizes() {
  return rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 8), rc::gen::inRange<std::size_t>(0, 100),
                        rc::gen::inRange<std::size_t>(0, 10 * kMaxElements));
}

rc::Gen<Step> steps_of(std::vector<StepKind> kinds) {
  return rc::gen::build<Step>(rc::gen::set(&Step::kind, rc::gen::elementOf(std::move(kinds))),
                              rc::gen::set(&Step::size, sizes()),
                              rc::gen::set(&Step::pick, rc::gen::inRange<std::size_t>(0, 1000)));
}

// A binary that parts can be taken of. A small one may be what a collection made of a part, which
// would make a program's graph depend on when it is collected.
bool is_large_binary(Term term) noexcept {
  if (!term.is_boxed()) return false;
  const Subtag subtag = header_subtag(*term.pointer());
  return subtag == Subtag::kProcBin ||
         (subtag == Subtag::kHeapBinary && bits_of(term).whole_bytes() > kMaxCopiedOutBytes);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << kStepNames[static_cast<std::size_t>(step.kind)] << "(" << step.size << ", "
             << step.pick << ")";
}

rc::Gen<Program> programs() { return programs_of(all_kinds()); }

rc::Gen<Program> programs_of(std::vector<StepKind> kinds) {
  return rc::gen::container<Program>(steps_of(std::move(kinds)));
}

Result<Unit> Mutator::make_room(std::size_t words) {
  if (!always_ && process_.room() >= words) return Unit{};
  const auto collected = collect_(process_, words, false);
  if (!collected) return collected.error();
  return collected.value().killed ? Result<Unit>(Error{"the process was killed"}) : Unit{};
}

Term Mutator::root(std::size_t pick) const {
  if (roots() == 0) return kNil;
  const Term term = process_.stack_term(pick % roots());
  // Match states are on the stack only, and never part of a term.
  const bool matching = term.is_boxed() && is_match_state_header(*term.pointer());
  return is_header(term.word) || matching ? kNil : term;
}

// Roots from `pick` on, with small integers between them, so that graphs do not only grow.
std::vector<Term> Mutator::operands(const Step& step, std::size_t count) const {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < count; ++i) {
    const bool small = (step.pick + i) % 3 == 0;
    terms.push_back(small ? make_small(static_cast<std::int64_t>(i)) : root(step.pick + i));
  }
  return terms;
}

std::size_t Mutator::words_of(const Step& step) const noexcept {
  switch (step.kind) {
    case StepKind::kList:
      return kConsWords * step.size;
    case StepKind::kTuple:
      return 1 + 1 + step.size % kMaxElements;
    case StepKind::kHeapBinary:
    case StepKind::kSubBinary:
      return heap_binary_words(kMaxHeapBinaryBytes);
    case StepKind::kCountedBinary:
      return kProcBinWords;
    case StepKind::kFun:
      return kFunWords + kMaxEnvironment;
    case StepKind::kBig:
      return big_words(1 + step.size % kMaxElements);
    case StepKind::kExternalPid:
    case StepKind::kExternalPort:
      return kExternalIdWords;
    case StepKind::kExternalReference:
      return external_ref_words(kMaxRefNumbers);
    case StepKind::kReference:
      return kPidRefWords;
    case StepKind::kMagicReference:
      return kRefWords;
    case StepKind::kMatchState:
      return std::max(kMatchStateWords + kMaxSavedPositions,
                      heap_binary_words(kMaxHeapBinaryBytes));
    default:
      return 0;
  }
}

Term Mutator::build_sub_binary(const Step& step) {
  const Term whole = root(step.pick);
  if (!is_large_binary(whole)) return heap_binary(TermRoom(process_), step.size % 40);
  const std::size_t size = bits_of(whole).whole_bytes();
  Part part{.offset = step.pick % (size + 1)};
  part.bytes = step.size % (size - part.offset + 1);
  part.writable = step.size % 5 == 0;
  if (part.bytes > 0 && step.pick % 3 == 1) {
    part.bytes -= 1;
    part.bit_offset = 3;
    part.bits = 4;
  }
  return sub_binary(TermRoom(process_), whole, part);
}

Term Mutator::build_match_state(const Step& step) {
  const Term whole = root(step.pick);
  if (!is_large_binary(whole)) return heap_binary(TermRoom(process_), step.size % 40);
  return match_state(TermRoom(process_), whole, step.size % (kMaxSavedPositions + 1));
}

Term Mutator::build(const Step& step) {
  const TermRoom room(process_);
  switch (step.kind) {
    case StepKind::kList:
      return list(room, operands(step, step.size));
    case StepKind::kTuple:
      return tuple(room, operands(step, 1 + step.size % kMaxElements));
    case StepKind::kHeapBinary:
      return heap_binary(room, step.size % (kMaxHeapBinaryBytes + 1));
    case StepKind::kCountedBinary:
      return counted_binary(room, supplies_.payloads->make(kMaxHeapBinaryBytes + 1 + step.size));
    case StepKind::kSubBinary:
      return build_sub_binary(step);
    case StepKind::kFun:
      return local_fun(room, operands(step, step.size % (kMaxEnvironment + 1)));
    case StepKind::kBig:
      return big(room, std::vector<Word>(1 + step.size % kMaxElements, step.pick));
    case StepKind::kExternalPid:
      return external_pid(room);
    case StepKind::kExternalPort:
      return external_port(room);
    case StepKind::kExternalReference:
      return external_reference(room, std::span(kNumbers).first(step.size % kNumbers.size()));
    case StepKind::kReference:
      return reference(
          room, std::span(kNumbers).first(step.size % 2 == 0 ? kRefNumbers : kPidRefNumbers));
    case StepKind::kMagicReference:
      return magic_reference(room, supplies_.payloads->make(kMagicPayloadBytes));
    case StepKind::kMatchState:
      return build_match_state(step);
    case StepKind::kLiteral:
      return supplies_.literals[step.pick % supplies_.literals.size()];
    default:
      return Term{kReturnAddress};
  }
}

void Mutator::change_roots(const Step& step) {
  if (roots() == 0) return;
  if (step.kind == StepKind::kDrop) {
    process_.pop();
  } else {
    process_.stack_term(step.pick % roots()) = kNil;
  }
}

Result<Unit> Mutator::run(const Step& step) {
  switch (step.kind) {
    case StepKind::kForget:
    case StepKind::kDrop:
      change_roots(step);
      return Unit{};
    case StepKind::kRemember:
      return process_.put_dictionary(root(step.pick));
    case StepKind::kMinor:
    case StepKind::kMajor: {
      const auto collected = collect_(process_, 0, step.kind == StepKind::kMajor);
      return collected ? Result<Unit>(Unit{}) : collected.error();
    }
    default:
      break;
  }
  if (step.kind == StepKind::kLiteral && supplies_.literals.empty()) return Unit{};
  const bool counted =
      step.kind == StepKind::kCountedBinary || step.kind == StepKind::kMagicReference;
  if (counted && supplies_.payloads == nullptr) return Unit{};
  const auto room = make_room(words_of(step) + 1);
  if (!room) return room;
  const Term built = build(step);
  if (!process_.push(built)) throw std::length_error("no room for a root");
  return Unit{};
}

void Mutator::run_all(std::span<const Step> program) {
  for (const Step& step : program) {
    const auto done = run(step);
    if (!done) throw std::runtime_error(done.error().what);
  }
}

}  // namespace beam_test
