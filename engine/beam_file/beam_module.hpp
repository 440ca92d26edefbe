// A .beam file as the loader sees it: its name, and the literal area that loading it creates.
//
// The area holds the literals of the file by index ("static"), the file names of its line table
// ("line"), and the terms that the loader creates from the code ("dynamic"): big integer operands,
// and the keys tuples of maps built from `#{}`. The modelled loader is OTP 25's with the JIT. The
// tables and instructions of other releases are understood as well (opcodes.hpp has the list), and
// give the area that this loader would create.
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
  // The limit on the unpacked size of a gzipped file.
  std::size_t max_file_bytes = std::size_t{1} << 29;
  // image.max_unpacked_bytes limits the unpacked literal table.
  ImageLimits image;
};

struct BeamModule {
  std::string name;         // UTF-8
  std::string compiled_by;  // version of the compiler, from the CInf chunk; empty if missing
  AreaImage image;
  // Words of the area: both bounds are equal unless maps of over 32 keys with atoms make the size
  // vary between runs of the runtime. `image` is one possible result.
  AreaBounds bounds;
};

// Reads a whole file, plain or gzipped. Errors carry the offset in the file; in the unpacked file
// if it is gzipped, and in the unpacked table if the error is inside a compressed literal table. A
// file whose literals, names or operands the OTP 25 loader would reject is rejected; instructions
// of newer releases are accepted.
[[nodiscard]] Result<BeamModule> read_beam(std::span<const std::uint8_t> bytes, AtomTable& atoms,
                                           const BeamLimits& limits = {});

}  // namespace beam
