// The line table of a module: where instructions are in the source, and the names of its files.
#pragma once

#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/beam_file/dynamic_literals.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Adds the file names that the loader keeps: the module's name with ".erl", then those of the table
// that are not empty, each as a list of characters. A missing chunk or one of another version adds
// nothing.
[[nodiscard]] Result<Unit> read_line_names(const Chunk& chunk, std::string_view module,
                                           DynamicLiterals& to);

}  // namespace beam
