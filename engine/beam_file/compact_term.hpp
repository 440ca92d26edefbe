// Compact terms: the encoding of operands, line table entries and atom lengths.
//
// The low three bits of the first byte are a tag. The value follows in one of these forms:
//   vvvv 0ttt                     4 bits
//   vvv0 1ttt vvvvvvvv            11 bits
//   nnn1 1ttt then n + 2 bytes    n < 7, big-endian, two's complement for integers
//   1111 1ttt S then S + 9 bytes  S is a compact term with tag 0
// Source: OTP 25, erts/emulator/beam/beam_file.c.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"

namespace beam {

enum class CompactTag : std::uint8_t {
  kUnsigned = 0,
  kInteger = 1,
  kAtom = 2,
  kXRegister = 3,
  kYRegister = 4,
  kLabel = 5,
  kCharacter = 6,
  kExtended = 7,
};

struct CompactTerm {
  CompactTag tag = CompactTag::kUnsigned;
  // The value, unless it needs `digits`: an integer within the small range; not negative for other
  // tags.
  std::int64_t value = 0;
  // The bytes of an integer that is not a small, or of a value that exceeds 63 bits; else empty.
  std::span<const std::uint8_t> digits;
};

[[nodiscard]] Result<CompactTerm> read_compact(ByteReader& in);

// A compact term that must have this tag and a value of 63 bits at most.
[[nodiscard]] Result<std::uint64_t> read_compact_value(ByteReader& in, CompactTag tag,
                                                       const char* otherwise);

}  // namespace beam
