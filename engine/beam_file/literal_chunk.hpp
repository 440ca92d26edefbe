// The literal table of a module: a count, then each literal's size and external form. The unpacked
// size comes first, then the zlib data; a size of 0 means uncompressed (since OTP 28).
#pragma once

#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/etf/image_builder.hpp"

namespace beam {

// How much smaller or larger a literal may be in another run of the runtime (words).
struct Slack {
  std::size_t fewer = 0;
  std::size_t more = 0;
};

// Decodes the literals in order into the builder's image, each on its own: equal parts of two
// literals are not shared. A missing chunk is an empty table. Returns the slack of each literal.
[[nodiscard]] Result<MappedArray<Slack>> read_literals(const Chunk& chunk, ImageBuilder& to);

}  // namespace beam
