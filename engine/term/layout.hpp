// Sizes in words and field positions of every heap object.
// Source: OTP 25 (64 bit); erts/emulator/beam/erl_term.h, erl_map.h, erl_fun.h, erl_binary.h,
// erl_bits.h, big.h. Pids, ports and references: identifier.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr std::size_t kConsWords = 2;
inline constexpr std::size_t kFloatWords = 2;
inline constexpr std::size_t kMaxTupleArity = (std::size_t{1} << 24) - 1;

// Binaries of up to this many bytes live on the heap; larger ones are counted references.
inline constexpr std::size_t kMaxHeapBinaryBytes = 64;

// ProcBin: header, size (bytes), next in the off-heap list, payload, first byte, flags.
inline constexpr std::size_t kProcBinWords = 6;
inline constexpr std::size_t kProcBinSize = 1;
inline constexpr std::size_t kOffHeapNext = 2;  // of every object on an off-heap list
inline constexpr std::size_t kProcBinPayload = 3;
inline constexpr std::size_t kProcBinBytes = 4;
inline constexpr std::size_t kProcBinFlags = 5;
inline constexpr Word kProcBinHeader = make_header(kProcBinWords - 1, Subtag::kProcBin);

// Heap binary: header, size (bytes), bytes padded with zeros to words.
[[nodiscard]] constexpr std::size_t heap_binary_words(std::size_t bytes) noexcept {
  return 2 + (bytes + kWordBytes - 1) / kWordBytes;
}
[[nodiscard]] constexpr Word heap_binary_header(std::size_t bytes) noexcept {
  return make_header(heap_binary_words(bytes) - 1, Subtag::kHeapBinary);
}

// Sub-binary: header, size (bytes), offset (bytes), {bit size, bit offset, writable} packed in the
// low three bytes of one word, the binary it refers to (a term).
inline constexpr std::size_t kSubBinaryWords = 5;
inline constexpr std::size_t kSubBinarySize = 1;
inline constexpr std::size_t kSubBinaryOffset = 2;
inline constexpr std::size_t kSubBinaryBits = 3;
inline constexpr std::size_t kSubBinaryOrig = 4;
inline constexpr Word kSubBinaryHeader = make_header(kSubBinaryWords - 2, Subtag::kSubBinary);
[[nodiscard]] constexpr Word pack_bits(unsigned bit_size, unsigned bit_offset,
                                       bool writable) noexcept {
  return bit_size | (bit_offset << 8) | (writable ? 1U << 16 : 0U);
}
[[nodiscard]] constexpr unsigned packed_bit_size(Word bits) noexcept { return bits & 0xFF; }
[[nodiscard]] constexpr unsigned packed_bit_offset(Word bits) noexcept {
  return (bits >> 8) & 0xFF;
}
[[nodiscard]] constexpr bool packed_writable(Word bits) noexcept { return (bits >> 16) & 1; }

// Flat map: header, size, keys tuple (a term), values. The keys tuple of the empty map is `{}`.
inline constexpr std::size_t kMaxFlatMapKeys = 32;
inline constexpr std::size_t kFlatMapSize = 1;
inline constexpr std::size_t kFlatMapKeys = 2;
inline constexpr std::size_t kFlatMapValues = 3;
inline constexpr Word kFlatMapHeader = make_map_header(MapKind::kFlat, 1, 0);
[[nodiscard]] constexpr std::size_t flat_map_words(std::size_t keys) noexcept {
  return kFlatMapValues + keys;
}

// Hash map nodes; a leaf is a cons cell [Key|Value].
inline constexpr std::size_t kHashMapSize = 1;  // in a root: number of keys
inline constexpr std::size_t kHashRootChildren = 2;
inline constexpr std::size_t kHashNodeChildren = 1;

// Fun: header, entry, next in the off-heap list, arity and number of free variables, creator (a
// term), environment (terms). An external fun has a marker as its creator and is on no off-heap
// list.
inline constexpr std::size_t kFunWords = 5;
inline constexpr std::size_t kFunEntry = 1;
inline constexpr std::size_t kFunArity = 3;
inline constexpr std::size_t kFunCreator = 4;
inline constexpr Word kFunHeader = make_header(3, Subtag::kFun);
[[nodiscard]] constexpr Word pack_fun_arity(std::size_t arity, std::size_t free) noexcept {
  return arity | (free << 8);
}
[[nodiscard]] constexpr std::size_t fun_arity(Word packed) noexcept { return packed & 0xFF; }
[[nodiscard]] constexpr std::size_t fun_free(Word packed) noexcept { return packed >> 8; }

// An external fun `fun M:F/A`: the creator is this marker; the entry holds the atom indexes of
// module and function.
inline constexpr Term kExternalFunCreator = kNil;
[[nodiscard]] constexpr Word pack_export(std::uint64_t module, std::uint64_t function) noexcept {
  return (module << 32) | function;
}
[[nodiscard]] constexpr std::uint64_t export_module(Word entry) noexcept { return entry >> 32; }
[[nodiscard]] constexpr std::uint64_t export_function(Word entry) noexcept {
  return entry & 0xFFFFFFFFU;
}

// A local fun: the entry holds the atom index of its module, and the index and hash that the
// compiler gave the function (`#Fun<module.index.hash>`).
inline constexpr unsigned kFunIndexBits = 16;
inline constexpr unsigned kFunHashBits = 27;
[[nodiscard]] constexpr Word pack_fun_entry(std::uint64_t module, std::uint64_t index,
                                            std::uint64_t hash) noexcept {
  return (module << (kFunIndexBits + kFunHashBits)) | (index << kFunHashBits) | hash;
}
[[nodiscard]] constexpr std::uint64_t fun_module(Word entry) noexcept {
  return entry >> (kFunIndexBits + kFunHashBits);
}
[[nodiscard]] constexpr std::uint64_t fun_index(Word entry) noexcept {
  return (entry >> kFunHashBits) & ((Word{1} << kFunIndexBits) - 1);
}
[[nodiscard]] constexpr std::uint64_t fun_hash(Word entry) noexcept {
  return entry & ((Word{1} << kFunHashBits) - 1);
}
[[nodiscard]] inline bool is_external_fun(const Word* fun) noexcept {
  return fun[kFunCreator] == kExternalFunCreator.word;
}

// Match state: header, the matched binary (a term), the address of its first byte, position and end
// of the unmatched rest (in bits from there), saved positions. It never leaves its process.
inline constexpr std::size_t kMatchStateWords = 5;  // without saved positions
inline constexpr std::size_t kMatchStateOrig = 1;
inline constexpr std::size_t kMatchStateBase = 2;
inline constexpr std::size_t kMatchStateOffset = 3;
inline constexpr std::size_t kMatchStateEnd = 4;
[[nodiscard]] constexpr Word match_state_header(std::size_t saved_positions) noexcept {
  return make_header(kMatchStateWords - 1 + saved_positions, Subtag::kMatchState);
}
[[nodiscard]] constexpr bool is_match_state_header(Word header) noexcept {
  return (header & 0x3F) == static_cast<Word>(Subtag::kMatchState) << 2;
}

// Big integer: header, magnitude in 64-bit digits, least significant first; the sign is the subtag.
[[nodiscard]] constexpr std::size_t big_words(std::size_t digits) noexcept { return 1 + digits; }

// Words of the whole boxed object at `object`, header included.
[[nodiscard]] std::size_t boxed_words(const Word* object) noexcept;

// Whether `object` belongs on an off-heap list (its third word is the link).
[[nodiscard]] bool on_off_heap_list(const Word* object) noexcept;

}  // namespace beam
