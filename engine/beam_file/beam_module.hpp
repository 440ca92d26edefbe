// A .beam file as the loader sees it: its name, and the literal area that loading it would make.
//
// The area holds the literals of the file by index ("static"), the file names of its line table
// ("line"), and the terms that the loader makes of the code ("dynamic"): big integers among the
// operands, and the keys of maps built from nothing. The modelled loader is OTP 25's with the JIT.
// The tables and instructions of other releases are understood as well (opcodes.hpp has the list),
// and give the area that this loader would make of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/base/result.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/atom_table.hpp"

namespace beam {

struct BeamLimits {
  // Most bytes that a gzipped file may unpack to.
  std::size_t max_file_bytes = std::size_t{1} << 29;
  // The literals, unpacked, take at most image.max_unpacked_bytes.
  ImageLimits image;
};

struct BeamModule {
  std::string name;         // UTF-8
  std::string compiled_by;  // version of the compiler, from the CInf chunk; empty if it has none
  AreaImage image;
  // Words of the area: the same twice, or bounds where maps of over 32 atom keys make it vary
  // between runs of the runtime. `image` is one of the possible shapes.
  AreaBounds bounds;
};

// Reads a whole file, plain or gzipped. Errors carry the offset in the file; in the unpacked file
// if it is gzipped, and in the unpacked table if what is wrong is inside of a compressed literal
// table. A file that the loader of OTP 25 would refuse for its literals, names or operands is
// refused; one that holds instructions of a newer release is not.
[[nodiscard]] Result<BeamModule> read_beam(std::span<const std::uint8_t> bytes, AtomTable& atoms,
                                           const BeamLimits& limits = {});

}  // namespace beam
