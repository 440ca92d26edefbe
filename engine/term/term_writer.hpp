// Writes whole objects contiguously at a top that the caller owns: a heap, a fragment, an area
// image.
//
// Each call writes one object, of the size given in layout.hpp and identifier.hpp, and advances the
// top; the caller ensures the room. Objects that own off-heap data go to the front of the off-heap
// list and take over the given reference. `{}` is not written: see empty_tuple.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/term.hpp"

namespace beam {

// The part of a binary that a sub-binary refers to.
struct BinaryPart {
  std::size_t offset = 0;  // bytes
  std::size_t bytes = 0;
  unsigned bits = 0;  // after the bytes
  unsigned bit_offset = 0;
  bool writable = false;
};

class TermWriter {
 public:
  TermWriter(Word*& top, Word*& off_heap) noexcept : top_(top), off_heap_(off_heap) {}

  Term cons(Term head, Term tail) noexcept;
  // At least one element.
  Term tuple(std::span<const Term> elements) noexcept;
  Term float_number(double value) noexcept;
  // Digits least significant first, the last one not 0; not a small integer.
  Term big(bool negative, std::span<const Word> digits) noexcept;
  // Up to 32 values; `keys` is a tuple of as many keys in order.
  Term flat_map(Term keys, std::span<const Term> values) noexcept;

  Term heap_binary(std::span<const std::uint8_t> bytes) noexcept;
  // The whole payload.
  Term counted_binary(RefcBinary* payload) noexcept;
  // `original` is not a sub-binary.
  Term sub_binary(Term original, const BinaryPart& part) noexcept;
  // A match state at the start of `bitstring`.
  Term match_state(Term bitstring, std::size_t saved_positions) noexcept;

  // `entry` is from pack_fun_entry().
  Term local_fun(Word entry, std::size_t arity, Term creator,
                 std::span<const Term> environment) noexcept;
  // Module and function are atoms.
  Term external_fun(Term module, Term function, std::size_t arity) noexcept;

  // kRefNumbers or kPidRefNumbers numbers.
  Term reference(std::span<const std::uint32_t> numbers) noexcept;
  // The payload has at least kMagicPayloadBytes bytes, the first of them the numbers.
  Term magic_reference(RefcBinary* payload) noexcept;
  // `node` is from pack_node().
  Term external_pid(Word node, std::uint32_t number, std::uint32_t serial) noexcept;
  Term external_port(Word node, std::uint64_t id) noexcept;
  // Up to kMaxRefNumbers numbers.
  Term external_reference(Word node, std::span<const std::uint32_t> numbers) noexcept;

 private:
  Word* take(std::size_t words) noexcept {
    Word* object = top_;
    top_ += words;
    return object;
  }
  Word* take_external(Subtag subtag, std::size_t words, Word node) noexcept;

  Word*& top_;
  Word*& off_heap_;
};

}  // namespace beam
