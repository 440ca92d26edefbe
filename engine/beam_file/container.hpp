// The container of a .beam file: "FOR1", the size of the rest, "BEAM", then chunks, each an id of
// four letters, a size, and data padded to four bytes. Numbers are big-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"

namespace beam {

struct Chunk {
  std::span<const std::uint8_t> data;
  std::uint64_t offset = 0;  // of the data in the file

  // An empty chunk counts as a missing one, as it does for the loader.
  [[nodiscard]] bool present() const noexcept { return !data.empty(); }
  [[nodiscard]] ByteReader reader() const noexcept { return ByteReader(data, offset); }
};

// The chunks that determine a module's literal area, and those that the loader requires.
struct BeamChunks {
  Chunk atoms;         // AtU8
  Chunk latin1_atoms;  // Atom: up to OTP 19
  Chunk code;          // Code
  Chunk imports;       // ImpT
  Chunk exports;       // ExpT
  Chunk literals;      // LitT
  Chunk lines;         // Line
  Chunk compile_info;  // CInf
};

// Of chunks with the same id the last one counts. What follows the container is ignored.
[[nodiscard]] Result<BeamChunks> find_chunks(std::span<const std::uint8_t> file);

}  // namespace beam
