#include "engine/beam_file/container.hpp"

#include <string_view>

namespace beam {

namespace {

constexpr std::size_t kIdBytes = 4;

std::string_view text(const std::uint8_t* id) noexcept {
  return {reinterpret_cast<const char*>(id), kIdBytes};
}

// The member for chunks with this id; null if they are not read.
Chunk* place_of(std::string_view id, BeamChunks& chunks) noexcept {
  if (id == "AtU8") return &chunks.atoms;
  if (id == "Atom") return &chunks.latin1_atoms;
  if (id == "Code") return &chunks.code;
  if (id == "ImpT") return &chunks.imports;
  if (id == "ExpT") return &chunks.exports;
  if (id == "LitT") return &chunks.literals;
  if (id == "Line") return &chunks.lines;
  if (id == "CInf") return &chunks.compile_info;
  return nullptr;
}

Result<Unit> read_chunk(ByteReader& in, BeamChunks& chunks) {
  const std::uint8_t* head = in.take(2 * kIdBytes);
  if (head == nullptr) return in.truncated("a chunk's header is truncated");
  const std::size_t size = big_endian_32(head + kIdBytes);
  const std::uint64_t offset = in.offset();
  const std::size_t padded = (size + 3) / 4 * 4;
  const std::uint8_t* data = in.take(padded);
  if (data == nullptr)
    return in.error("a chunk is truncated",
                    {size, "it announces {} bytes, and {} are left", in.remaining()});
  Chunk* place = place_of(text(head), chunks);
  if (place != nullptr) *place = {{data, size}, offset};
  return Unit{};
}

Result<Unit> check_required(const BeamChunks& chunks) {
  if (!chunks.code.present()) return Error{"there is no Code chunk"};
  if (!chunks.atoms.present() && !chunks.latin1_atoms.present()) {
    return Error{"there is no AtU8 chunk"};
  }
  if (!chunks.imports.present()) return Error{"there is no ImpT chunk"};
  if (!chunks.exports.present()) return Error{"there is no ExpT chunk"};
  return Unit{};
}

}  // namespace

Result<BeamChunks> find_chunks(std::span<const std::uint8_t> file) {
  ByteReader outer(file);
  const std::uint8_t* form = outer.take(2 * kIdBytes);
  if (form == nullptr || text(form) != "FOR1")
    return Error{"this is not a .beam file, which begins with FOR1", 0};
  const std::size_t size = big_endian_32(form + kIdBytes);
  const std::uint64_t offset = outer.offset();
  const std::uint8_t* data = outer.take(size);
  if (data == nullptr)
    return outer.error("the file is truncated",
                       {size, "it announces {} more bytes, and {} are left", outer.remaining()});
  ByteReader in({data, size}, offset);
  const std::uint8_t* kind = in.take(kIdBytes);
  if (kind == nullptr || text(kind) != "BEAM")
    return Error{"this is not a .beam file, which has BEAM there", offset};
  BeamChunks chunks;
  while (in.remaining() > 0) {
    const Result<Unit> read = read_chunk(in, chunks);
    if (!read) return read.error();
  }
  const Result<Unit> complete = check_required(chunks);
  if (!complete) return complete.error();
  return chunks;
}

}  // namespace beam
