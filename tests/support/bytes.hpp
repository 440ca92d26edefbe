// Byte strings as tests write them: big-endian numbers, the external term format, chunks of .beam
// files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/beam_file/compact_term.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/etf/tags.hpp"

namespace beam_test {

using Bytes = std::vector<std::uint8_t>;

[[nodiscard]] Bytes u8(std::uint64_t value);
[[nodiscard]] Bytes u16(std::uint64_t value);
[[nodiscard]] Bytes u32(std::uint64_t value);
[[nodiscard]] Bytes u64(std::uint64_t value);
[[nodiscard]] Bytes text(std::string_view characters);
[[nodiscard]] Bytes zeros(std::size_t count);
[[nodiscard]] Bytes join(const std::vector<Bytes>& parts);
[[nodiscard]] Bytes repeat(const Bytes& part, std::size_t times);
[[nodiscard]] Bytes zlib_packed(const Bytes& bytes);
[[nodiscard]] Bytes gzip_packed(const Bytes& bytes);

// Terms in the external format, without the version.
namespace etf {
[[nodiscard]] Bytes small(std::uint8_t value);
[[nodiscard]] Bytes integer(std::int32_t value);
// Magnitude least significant first.
[[nodiscard]] Bytes big(bool negative, const Bytes& magnitude);
[[nodiscard]] Bytes atom(std::string_view name);
[[nodiscard]] Bytes float_number(double value);
[[nodiscard]] Bytes binary(const Bytes& bytes);
[[nodiscard]] Bytes bits(const Bytes& bytes, std::uint8_t last_bits);
[[nodiscard]] Bytes tuple(const std::vector<Bytes>& elements);
[[nodiscard]] Bytes list(const std::vector<Bytes>& elements, const Bytes& tail);
[[nodiscard]] Bytes nil();
[[nodiscard]] Bytes map(const std::vector<std::pair<Bytes, Bytes>>& pairs);
[[nodiscard]] Bytes external_fun(std::string_view module, std::string_view name,
                                 const Bytes& arity);
// The term with its version in front.
[[nodiscard]] Bytes versioned(const Bytes& term);
}  // namespace etf

// Operands in the compact form.
namespace operand {
[[nodiscard]] Bytes compact(beam::CompactTag tag, std::uint64_t value);
// Two's complement, most significant byte first, at least two bytes.
[[nodiscard]] Bytes digits(beam::CompactTag tag, const Bytes& bytes);
[[nodiscard]] Bytes x(std::uint64_t number);
[[nodiscard]] Bytes label(std::uint64_t number);
[[nodiscard]] Bytes number(std::uint64_t value);
[[nodiscard]] Bytes atom(std::uint64_t index);
[[nodiscard]] Bytes nil();
[[nodiscard]] Bytes integer(std::uint16_t value);
[[nodiscard]] Bytes literal(std::uint64_t index);
[[nodiscard]] Bytes list(const std::vector<Bytes>& elements);
}  // namespace operand

[[nodiscard]] Bytes chunk(std::string_view id, const Bytes& data);
// The container around chunks.
[[nodiscard]] Bytes form(const std::vector<Bytes>& chunks);
// A chunk as a reader gets it, at offset 0. `data` outlives it.
[[nodiscard]] beam::Chunk as_chunk(const Bytes& data);

[[nodiscard]] Bytes atom_table(const std::vector<std::string>& names);
// Not packed: the form of OTP 28.
[[nodiscard]] Bytes literal_table(const std::vector<Bytes>& versioned_terms);
[[nodiscard]] Bytes line_table(const std::vector<std::string>& names);
// Instructions behind a header; int_code_end is added.
[[nodiscard]] Bytes code(const std::vector<Bytes>& instructions);
[[nodiscard]] Bytes instruction(std::uint8_t opcode, const std::vector<Bytes>& operands);

// What a small module is made of.
struct ModuleParts {
  std::vector<std::string> atoms = {"m"};
  std::vector<Bytes> literals;  // versioned terms
  std::vector<std::string> files;
  std::vector<Bytes> instructions;
};
[[nodiscard]] Bytes module_file(const ModuleParts& parts);

}  // namespace beam_test
