// Pids, ports and references, local or of another node.
//
//   local pid, port      immediates of 28 bits; a pid's are its number (15 bits) and its serial
//   reference            header | marker, number 0 | numbers 1, 2
//   pid reference        the same | numbers 3, 4        (an alias; the last two name the process)
//   magic reference      header | payload | next in the off-heap list
//   external pid, port   header | node | next in the off-heap list | identifier
//   external reference   header | node | next in the off-heap list | count, number 0 | ...
//
// Numbers have 32 bits, two in a word, the first one low. A magic reference is as large as an
// ordinary one; the marker distinguishes them, since no pointer has it in its low half. It owns a
// reference to its payload, whose bytes begin with its three numbers. A node is its name's atom and
// a creation. This node has no name of its own: it is nonode@nohost, creation 0. Source: OTP 25,
// erts/emulator/beam/erl_term.h, erl_node_container_utils.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr std::string_view kThisNodeName = "nonode@nohost";

inline constexpr unsigned kLocalPidNumberBits = 15;
inline constexpr unsigned kLocalIdentifierBits = 28;

inline constexpr std::size_t kRefNumbers = 3;
inline constexpr std::size_t kPidRefNumbers = 5;
inline constexpr std::size_t kMaxRefNumbers = 5;
inline constexpr std::size_t kRefWords = 3;
inline constexpr std::size_t kPidRefWords = 4;
inline constexpr std::size_t kMagicRefPayload = 1;
inline constexpr std::size_t kMagicPayloadBytes = kRefNumbers * sizeof(std::uint32_t);
inline constexpr Word kOrdinaryRefMarker = 0xFFFFFFFF;
// The bits of a local reference's number that encode its kind.
inline constexpr std::size_t kRefKindNumber = 1;
inline constexpr std::uint32_t kPidRefBit = std::uint32_t{1} << 16;
inline constexpr std::uint32_t kMagicRefBit = std::uint32_t{1} << 17;

inline constexpr std::size_t kExternalNode = 1;
inline constexpr std::size_t kExternalData = 3;
inline constexpr std::size_t kExternalIdWords = 4;  // of an external pid or port
[[nodiscard]] constexpr std::size_t external_ref_words(std::size_t numbers) noexcept {
  return kExternalData + numbers / 2 + 1;
}

[[nodiscard]] constexpr Word pack_node(std::uint64_t name, std::uint32_t creation) noexcept {
  return (static_cast<Word>(creation) << 32) | name;
}
[[nodiscard]] constexpr std::uint64_t node_name(Word node) noexcept { return node & 0xFFFFFFFFU; }
[[nodiscard]] constexpr std::uint32_t node_creation(Word node) noexcept {
  return static_cast<std::uint32_t>(node >> 32);
}

// A pid's number is the low half, its serial the high one.
[[nodiscard]] constexpr std::uint64_t pid_number(std::uint64_t id) noexcept {
  return id & 0xFFFFFFFFU;
}
[[nodiscard]] constexpr std::uint64_t pid_serial(std::uint64_t id) noexcept { return id >> 32; }

enum class IdentifierKind : std::uint8_t { kNone, kReference, kPort, kPid };

struct Identifier {
  IdentifierKind kind = IdentifierKind::kNone;
  bool local = true;
  Word node = 0;                                        // if not local
  std::uint64_t id = 0;                                 // of a pid or a port
  std::array<std::uint32_t, kMaxRefNumbers> numbers{};  // of a reference; 0 past the last one
  std::size_t count = 0;                                // of numbers
};

[[nodiscard]] constexpr bool is_magic_ref(const Word* object) noexcept {
  return object[0] == make_header(kRefWords - 1, Subtag::kRef) &&
         (object[1] & kOrdinaryRefMarker) != kOrdinaryRefMarker;
}

// Decodes `term`; kNone if it is not a pid, port or reference.
[[nodiscard]] Identifier identifier_of(Term term) noexcept;

// Whether two pids, ports or references are the same. Trailing numbers of 0 are ignored.
[[nodiscard]] bool same_identifier(const Identifier& a, const Identifier& b) noexcept;

}  // namespace beam
