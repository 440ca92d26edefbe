// Loading: an area image becomes a literal area of a space.
#pragma once

#include "engine/base/result.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/term/area_image.hpp"

namespace beam {

// Copies the image into a new area and takes one reference of each of its payloads.
// Error: the space is full. The image is unchanged and may be loaded again.
[[nodiscard]] Result<LiteralArea> load_image(LiteralSpace& space, const AreaImage& image) noexcept;

// The term in `area` that was `term` in the image it was loaded from.
[[nodiscard]] Term placed_term(Term term, const AreaImage& image, const LiteralArea& area,
                               const LiteralSpace& space) noexcept;

}  // namespace beam
