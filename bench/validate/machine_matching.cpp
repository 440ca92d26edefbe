// Binary matching: the match state and the parts taken from binaries.
//
// The match state has its own stack slot. Taken bits become a heap binary if they are few whole
// bytes, else a sub-binary (erts_extract_sub_binary, erts/emulator/beam/erl_bits.c).
#include <array>

#include "bench/validate/machine.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_writer.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

// As in driver.erl.
constexpr std::size_t kTakenRoom = beam::heap_binary_words(kMaxBinaryBytes);

std::size_t bits_left(const beam::Word* state) {
  return state[beam::kMatchStateEnd] - state[beam::kMatchStateOffset];
}

}  // namespace

Result<Unit> Machine::match(Number from) {
  const auto room = make_room(beam::kMatchStateWords);
  if (!room || process_->killed) return room;
  const Term binary = slot(from);
  slot(kMatchSlot) = beam::kNil;
  if (!beam::is_bitstring(binary)) return Unit{};
  beam::Word* top = process_->allocate(beam::kMatchStateWords);
  beam::Word* none = nullptr;  // it owns nothing off the heap
  slot(kMatchSlot) = beam::TermWriter(top, none).match_state(binary, 0);
  return Unit{};
}

Result<Unit> Machine::take(Number to, Number bits) {
  const auto room = make_room(kTakenRoom);
  if (!room || process_->killed) return room;
  const Term state = slot(kMatchSlot);
  const bool has = state.is_boxed() && bits <= bits_left(state.pointer());
  slot(to) = has ? taken(bits) : beam::kNil;
  if (has) state.pointer()[beam::kMatchStateOffset] += bits;
  return Unit{};
}

Result<Unit> Machine::take_tail(Number to) {
  const auto room = make_room(kTakenRoom);
  if (!room || process_->killed) return room;
  const Term state = slot(kMatchSlot);
  slot(to) = state.is_boxed() ? taken(bits_left(state.pointer())) : beam::kNil;
  return Unit{};
}

Term Machine::taken(std::size_t bits) {
  const beam::Word* const state = slot(kMatchSlot).pointer();
  const Term matched{state[beam::kMatchStateOrig]};
  const std::size_t offset = state[beam::kMatchStateOffset];
  const beam::BinaryPart part = {.offset = offset / 8,
                                 .bytes = bits / 8,
                                 .bits = static_cast<unsigned>(bits % 8),
                                 .bit_offset = static_cast<unsigned>(offset % 8)};
  const bool fits = part.bits == 0 && part.bytes <= kMaxBinaryBytes;
  beam::Word* top =
      process_->allocate(fits ? beam::heap_binary_words(part.bytes) : beam::kSubBinaryWords);
  beam::Word* none = nullptr;
  beam::TermWriter writer(top, none);
  if (!fits) return writer.sub_binary(matched, part);
  const beam::Bits source = {beam::bytes_of_binary(matched.pointer()) + part.offset,
                             part.bit_offset, bits};
  std::array<std::uint8_t, kMaxBinaryBytes> copy{};
  for (std::size_t i = 0; i < part.bytes; ++i) copy[i] = source.byte(i);
  return writer.heap_binary(std::span(copy).first(part.bytes));
}

}  // namespace bench::validate
