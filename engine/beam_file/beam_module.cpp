#include "engine/beam_file/beam_module.hpp"

#include <utility>

#include "engine/beam_file/atom_chunk.hpp"
#include "engine/beam_file/code_chunk.hpp"
#include "engine/beam_file/compile_info.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/beam_file/dynamic_literals.hpp"
#include "engine/beam_file/line_chunk.hpp"
#include "engine/beam_file/literal_chunk.hpp"
#include "engine/etf/inflate.hpp"

namespace beam {

namespace {

Result<MappedArray<Term>> read_module_atoms(const BeamChunks& chunks, AtomTable& table) {
  return chunks.atoms.present() ? read_atoms(chunks.atoms, AtomEncoding::kUtf8, table)
                                : read_atoms(chunks.latin1_atoms, AtomEncoding::kLatin1, table);
}

// Fills the image in area order: the file's literals, file names, terms made from the code.
Result<Unit> build_area(const BeamChunks& chunks, std::span<const Term> atoms,
                        ImageBuilder& builder) {
  AreaImage& image = builder.image();
  BEAM_TRY(const auto slacks, read_literals(chunks.literals, builder));
  image.static_words = builder.words();

  DynamicLiterals dynamic(builder);
  const Result<Unit> named = read_line_names(chunks.lines, builder.atoms().name(atoms[1]), dynamic);
  if (!named) return named;
  image.line_words = builder.words() - image.static_words;

  const CodeTables tables{atoms, image.literals.span(), slacks.span()};
  const Result<Unit> read = read_code_literals(chunks.code, tables, builder, dynamic);
  if (!read) return read;
  image.dynamic_words = builder.words() - image.static_words - image.line_words;
  return Unit{};
}

Result<BeamModule> read_plain(std::span<const std::uint8_t> bytes, AtomTable& table,
                              const BeamLimits& limits) {
  BEAM_TRY(const auto chunks, find_chunks(bytes));
  BEAM_TRY(const auto atoms, read_module_atoms(chunks, table));
  BEAM_TRY(auto version, read_compiler_version(chunks.compile_info, limits.image));
  BEAM_TRY(auto builder, ImageBuilder::create(table, limits.image));
  const Result<Unit> built = build_area(chunks, atoms.span(), builder);
  if (!built) return built.error();
  const AreaBounds bounds = builder.bounds();
  return BeamModule{std::string(table.name(atoms[1])), std::move(version), builder.take(), bounds};
}

bool is_gzipped(std::span<const std::uint8_t> bytes) noexcept {
  return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

}  // namespace

Result<BeamModule> read_beam(std::span<const std::uint8_t> bytes, AtomTable& atoms,
                             const BeamLimits& limits) {
  if (!is_gzipped(bytes)) return read_plain(bytes, atoms, limits);
  ByteReader in(bytes);
  BEAM_TRY(const auto unpacked, unpack(in, Packing::kGzip, limits.max_file_bytes));
  return read_plain(unpacked.span(), atoms, limits);
}

}  // namespace beam
