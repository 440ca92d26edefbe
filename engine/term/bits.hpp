// A uniform view of heap binaries, counted binaries and sub-binaries: a string of bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

// `size` bits starting at bit `offset` (0 is the most significant) of `bytes`.
struct Bits {
  const std::uint8_t* bytes = nullptr;
  unsigned offset = 0;   // 0..7
  std::size_t size = 0;  // bits

  // Whole bytes, and the remaining bits.
  [[nodiscard]] std::size_t whole_bytes() const noexcept { return size / 8; }
  [[nodiscard]] unsigned odd_bits() const noexcept { return size % 8; }
  // Bits 8i..8i+7 as a byte; bits past the end are 0.
  [[nodiscard]] std::uint8_t byte(std::size_t i) const noexcept;
};

// The first byte of a heap binary or a counted binary.
[[nodiscard]] const std::uint8_t* bytes_of_binary(const Word* object) noexcept;

[[nodiscard]] bool is_bitstring(Term term) noexcept;
[[nodiscard]] bool is_sub_binary(Term term) noexcept;

// The bits of a bitstring term.
[[nodiscard]] Bits bits_of(Term bitstring) noexcept;

// Erlang's order of bitstrings: by the first bit that differs, a prefix before the longer one.
[[nodiscard]] int compare_bits(const Bits& a, const Bits& b) noexcept;

}  // namespace beam
