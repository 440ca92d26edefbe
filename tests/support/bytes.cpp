#include "tests/support/bytes.hpp"

#include <bit>
#include <stdexcept>

#include <zlib.h>

#include "engine/beam_file/opcodes.hpp"

namespace beam_test {

namespace {

Bytes big_endian(std::uint64_t value, std::size_t bytes) {
  Bytes result;
  for (std::size_t i = bytes; i-- > 0;) {
    result.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  return result;
}

void append(Bytes& to, const std::vector<Bytes>& parts) {
  for (const Bytes& part : parts) to.insert(to.end(), part.begin(), part.end());
}

Bytes tag(beam::EtfTag value) { return u8(static_cast<std::uint8_t>(value)); }

Bytes packed(const Bytes& bytes, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  Bytes result(deflateBound(&stream, bytes.size()));
  Bytes input = bytes;
  stream.next_in = input.data();
  stream.avail_in = static_cast<unsigned>(input.size());
  stream.next_out = result.data();
  stream.avail_out = static_cast<unsigned>(result.size());
  const int status = deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("deflate");
  return result;
}

}  // namespace

Bytes u8(std::uint64_t value) { return big_endian(value, 1); }
Bytes u16(std::uint64_t value) { return big_endian(value, 2); }
Bytes u32(std::uint64_t value) { return big_endian(value, 4); }
Bytes u64(std::uint64_t value) { return big_endian(value, 8); }
Bytes text(std::string_view characters) { return {characters.begin(), characters.end()}; }
Bytes zeros(std::size_t count) {
  Bytes bytes;
  bytes.resize(count);
  return bytes;
}

Bytes join(const std::vector<Bytes>& parts) {
  Bytes result;
  append(result, parts);
  return result;
}

Bytes repeat(const Bytes& part, std::size_t times) {
  if (part.size() == 1) return Bytes(times, part[0]);  // fast, for millions
  Bytes result;
  result.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) result.insert(result.end(), part.begin(), part.end());
  return result;
}

Bytes zlib_packed(const Bytes& bytes) { return packed(bytes, 15); }
Bytes gzip_packed(const Bytes& bytes) { return packed(bytes, 15 + 16); }

namespace etf {

using beam::EtfTag;

Bytes small(std::uint8_t value) { return join({tag(EtfTag::kSmallInteger), u8(value)}); }
Bytes integer(std::int32_t value) {
  return join({tag(EtfTag::kInteger), u32(static_cast<std::uint32_t>(value))});
}
Bytes big(bool negative, const Bytes& magnitude) {
  const Bytes head = magnitude.size() < 256 ? join({tag(EtfTag::kSmallBig), u8(magnitude.size())})
                                            : join({tag(EtfTag::kLargeBig), u32(magnitude.size())});
  return join({head, u8(negative ? 1 : 0), magnitude});
}
Bytes atom(std::string_view name) {
  return join({tag(EtfTag::kSmallAtomUtf8), u8(name.size()), text(name)});
}
Bytes float_number(double value) {
  return join({tag(EtfTag::kNewFloat), u64(std::bit_cast<std::uint64_t>(value))});
}
Bytes binary(const Bytes& bytes) { return join({tag(EtfTag::kBinary), u32(bytes.size()), bytes}); }
Bytes bits(const Bytes& bytes, std::uint8_t last_bits) {
  return join({tag(EtfTag::kBitBinary), u32(bytes.size()), u8(last_bits), bytes});
}
Bytes tuple(const std::vector<Bytes>& elements) {
  const Bytes head = elements.size() < 256 ? join({tag(EtfTag::kSmallTuple), u8(elements.size())})
                                           : join({tag(EtfTag::kLargeTuple), u32(elements.size())});
  return join({head, join(elements)});
}
Bytes list(const std::vector<Bytes>& elements, const Bytes& tail) {
  return join({tag(EtfTag::kList), u32(elements.size()), join(elements), tail});
}
Bytes nil() { return tag(EtfTag::kEmptyList); }
Bytes map(const std::vector<std::pair<Bytes, Bytes>>& pairs) {
  Bytes result = join({tag(EtfTag::kMap), u32(pairs.size())});
  for (const auto& [key, value] : pairs) append(result, {key, value});
  return result;
}
Bytes external_fun(std::string_view module, std::string_view name, const Bytes& arity) {
  return join({tag(EtfTag::kExport), atom(module), atom(name), arity});
}
Bytes versioned(const Bytes& term) { return join({u8(beam::kEtfVersion), term}); }

}  // namespace etf

namespace operand {

using beam::CompactTag;

Bytes compact(CompactTag tag, std::uint64_t value) {
  const auto low = static_cast<std::uint8_t>(tag);
  if (value < 16) return u8(value << 4 | low);
  if (value < 2048) return join({u8(value >> 8 << 5 | 0x08 | low), u8(value)});
  Bytes bytes = u64(value);
  while (bytes.size() > 2 && bytes[0] == 0 && bytes[1] < 0x80) bytes.erase(bytes.begin());
  return digits(tag, bytes);
}
Bytes digits(CompactTag tag, const Bytes& bytes) {
  const auto low = static_cast<std::uint8_t>(tag);
  if (bytes.size() <= 8) return join({u8((bytes.size() - 2) << 5 | 0x18 | low), bytes});
  return join({u8(0xF8 | low), compact(CompactTag::kUnsigned, bytes.size() - 9), bytes});
}
Bytes x(std::uint64_t number) { return compact(CompactTag::kXRegister, number); }
Bytes label(std::uint64_t number) { return compact(CompactTag::kLabel, number); }
Bytes number(std::uint64_t value) { return compact(CompactTag::kUnsigned, value); }
Bytes atom(std::uint64_t index) { return compact(CompactTag::kAtom, index); }
Bytes nil() { return atom(0); }
Bytes integer(std::uint16_t value) { return compact(CompactTag::kInteger, value); }
Bytes literal(std::uint64_t index) {
  return join({compact(CompactTag::kExtended, 4), number(index)});
}
Bytes list(const std::vector<Bytes>& elements) {
  return join({compact(CompactTag::kExtended, 1), number(elements.size()), join(elements)});
}

}  // namespace operand

Bytes chunk(std::string_view id, const Bytes& data) {
  return join({text(id), u32(data.size()), data, zeros((4 - data.size() % 4) % 4)});
}

Bytes form(const std::vector<Bytes>& chunks) {
  const Bytes content = join({text("BEAM"), join(chunks)});
  return join({text("FOR1"), u32(content.size()), content});
}

beam::Chunk as_chunk(const Bytes& data) { return {data, 0}; }

Bytes atom_table(const std::vector<std::string>& names) {
  Bytes result = u32(names.size());
  for (const auto& name : names) append(result, {u8(name.size()), text(name)});
  return result;
}

Bytes literal_table(const std::vector<Bytes>& versioned_terms) {
  Bytes result = join({u32(0), u32(versioned_terms.size())});
  for (const auto& term : versioned_terms) append(result, {u32(term.size()), term});
  return result;
}

Bytes line_table(const std::vector<std::string>& names) {
  Bytes result = join({zeros(16), u32(names.size())});
  for (const auto& name : names) append(result, {u16(name.size()), text(name)});
  return result;
}

Bytes code(const std::vector<Bytes>& instructions) {
  const Bytes head = join({u32(0), u32(beam::kMaxOpcode), u32(1), u32(1)});
  return join({u32(head.size()), head, join(instructions), u8(beam::kOpIntCodeEnd)});
}

Bytes instruction(std::uint8_t opcode, const std::vector<Bytes>& operands) {
  return join({u8(opcode), join(operands)});
}

Bytes module_file(const ModuleParts& parts) {
  return form({chunk("AtU8", atom_table(parts.atoms)), chunk("Code", code(parts.instructions)),
               chunk("ImpT", u32(0)), chunk("ExpT", u32(0)),
               chunk("LitT", literal_table(parts.literals)),
               chunk("Line", line_table(parts.files))});
}

}  // namespace beam_test
