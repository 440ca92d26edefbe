// The atoms of a module. The first is its name; the code refers to them by number, from 1.
#pragma once

#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"

namespace beam {

enum class AtomEncoding { kLatin1, kUtf8 };

// The atoms by number; number 0, which means [] in the code, is []. There is at least one atom. A
// negative count announces compact lengths instead of one-byte lengths (OTP 28).
[[nodiscard]] Result<MappedArray<Term>> read_atoms(const Chunk& chunk, AtomEncoding encoding,
                                                   AtomTable& table);

}  // namespace beam
