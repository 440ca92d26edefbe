// The line table of a module: the source lines of instructions, and the names of source files.
#pragma once

#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/beam_file/dynamic_literals.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Adds the file names that the loader keeps, as lists of characters: the module's name with ".erl",
// then the non-empty names of the table. A missing chunk or an unknown version adds nothing.
[[nodiscard]] Result<Unit> read_line_names(const Chunk& chunk, std::string_view module,
                                           DynamicLiterals& to);

}  // namespace beam
