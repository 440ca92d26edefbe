// Headers: the first word of every boxed object, (arity << 6) | (subtag << 2).
//
// All headers but the tuple's are "things": a heap walk skips only the header of a tuple and visits
// its elements as terms; of any other object it skips the header and `arity` words. The words after
// those are visited as terms, and arities are chosen accordingly: a fun's creator and environment,
// a sub-binary's `orig`, a map's keys and values. Source: OTP 25, erts/emulator/beam/erl_term.h,
// erl_map.h, erl_fun.h, erl_binary.h, big.h.
#pragma once

#include <cstddef>

#include "engine/term/term.hpp"

namespace beam {

enum class Subtag : Word {
  kTuple = 0x0,
  kMatchState = 0x1,
  kPositiveBig = 0x2,
  kNegativeBig = 0x3,
  kRef = 0x4,
  kFun = 0x5,
  kFloat = 0x6,
  kProcBin = 0x8,
  kHeapBinary = 0x9,
  kSubBinary = 0xA,
  kExternalPid = 0xC,
  kExternalPort = 0xD,
  kExternalRef = 0xE,
  kMap = 0xF,
};

[[nodiscard]] constexpr Word make_header(std::size_t arity, Subtag subtag) noexcept {
  return (static_cast<Word>(arity) << 6) | (static_cast<Word>(subtag) << 2);
}
[[nodiscard]] constexpr bool is_header(Word word) noexcept {
  return (word & kPrimaryMask) == kPrimaryHeader;
}
[[nodiscard]] constexpr Subtag header_subtag(Word header) noexcept {
  return static_cast<Subtag>((header >> 2) & 0xF);
}
[[nodiscard]] constexpr bool is_tuple_header(Word header) noexcept { return (header & 0x3F) == 0; }
// Words after the header; not for maps, whose header packs more (see layout.hpp).
[[nodiscard]] constexpr std::size_t header_arity(Word header) noexcept { return header >> 6; }

// A map header packs its kind in bits 7..6, an arity in bits 15..8 and a child bitmap in
// bits 31..16.
enum class MapKind : Word {
  kFlat = 0,        // header, size, keys, values
  kNode = 1,        // inner node: header, one child per bit of the bitmap
  kRootArray = 2,   // root of 16 children: header, size, children
  kRootBitmap = 3,  // root: header, size, one child per bit of the bitmap
};
[[nodiscard]] constexpr Word make_map_header(MapKind kind, std::size_t arity,
                                             unsigned bitmap) noexcept {
  return (static_cast<Word>(bitmap) << 16) | (static_cast<Word>(arity) << 8) |
         (static_cast<Word>(kind) << 6) | (static_cast<Word>(Subtag::kMap) << 2);
}
[[nodiscard]] constexpr MapKind map_kind(Word header) noexcept {
  return static_cast<MapKind>((header >> 6) & 3);
}
[[nodiscard]] constexpr std::size_t map_header_arity(Word header) noexcept {
  return (header >> 8) & 0xFF;
}
[[nodiscard]] constexpr unsigned map_bitmap(Word header) noexcept {
  return static_cast<unsigned>(header >> 16) & 0xFFFFU;
}

// The words that a heap walk skips at a header that is not a tuple's: the header and the raw words
// after it. What follows (a fun's environment, a map's values) is visited as terms.
[[nodiscard]] constexpr std::size_t thing_words(Word header) noexcept {
  return 1 +
         (header_subtag(header) == Subtag::kMap ? map_header_arity(header) : header_arity(header));
}

}  // namespace beam
