// The literal table of a module: a count, then each literal's size and external form. It is packed
// with zlib behind its unpacked size; a size of 0 says that it is not packed (from OTP 28 on).
#pragma once

#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/etf/image_builder.hpp"

namespace beam {

// By how much one literal may come out larger or smaller in another run of the runtime (words).
struct Slack {
  std::size_t fewer = 0;
  std::size_t more = 0;
};

// Decodes the literals in their order into the builder's image, each by itself: equal parts of two
// literals are there twice. A missing chunk is an empty table. Gives the slack of each literal.
[[nodiscard]] Result<MappedArray<Slack>> read_literals(const Chunk& chunk, ImageBuilder& to);

}  // namespace beam
