#include "engine/beam_file/atom_chunk.hpp"

#include <string_view>

#include "engine/beam_file/compact_term.hpp"

namespace beam {

namespace {

Result<std::size_t> read_length(ByteReader& in, bool compact) {
  if (compact) return read_compact_value(in, CompactTag::kUnsigned, "an atom's length is damaged");
  const std::uint8_t* length = in.take(1);
  if (length == nullptr) return in.truncated("the atom table is truncated");
  return std::size_t{*length};
}

Result<Term> read_atom(ByteReader& in, bool compact, AtomEncoding encoding, AtomTable& table) {
  BEAM_TRY(const auto length, read_length(in, compact));
  const std::uint64_t offset = in.offset();
  const std::uint8_t* name = in.take(length);
  if (name == nullptr) return in.truncated("the atom table is truncated");
  const std::string_view text(reinterpret_cast<const char*>(name), length);
  const auto atom =
      encoding == AtomEncoding::kUtf8 ? table.intern(text) : table.intern_latin1(text);
  if (atom) return atom;
  return atom.error().at(offset);
}

}  // namespace

Result<MappedArray<Term>> read_atoms(const Chunk& chunk, AtomEncoding encoding, AtomTable& table) {
  ByteReader in = chunk.reader();
  const std::uint8_t* field = in.take(4);
  if (field == nullptr) return in.truncated("the atom table is truncated");
  const auto written = std::int64_t{static_cast<std::int32_t>(big_endian_32(field))};
  const auto count = static_cast<std::size_t>(written < 0 ? -written : written);
  if (count == 0 || count > in.remaining()) {
    return Error{"the atom table claims an impossible number of atoms",
                 chunk.offset,
                 {count, "{} atoms in {} bytes", in.remaining()}};
  }
  MappedArray<Term> atoms;
  if (!atoms.reserve(1 + count)) return Error{"no memory for the atom table"};
  bool kept = atoms.push_back(kNil);
  for (std::size_t i = 0; i < count; ++i) {
    BEAM_TRY(const auto atom, read_atom(in, written < 0, encoding, table));
    kept = kept && atoms.push_back(atom);
  }
  if (!kept) return Error{"no memory for the atom table"};
  return atoms;
}

}  // namespace beam
