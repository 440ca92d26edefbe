// What the compiler wrote about itself: a list of {Key, Value} in the external term format.
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/etf/image_builder.hpp"

namespace beam {

// The version of the compiler, in UTF-8; empty if missing. The chunk's atoms are not the module's
// and enter no table.
[[nodiscard]] Result<std::string> read_compiler_version(const Chunk& chunk,
                                                        const ImageLimits& limits);

}  // namespace beam
