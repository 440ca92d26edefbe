// Copies a term into an image as the runtime copies terms between heaps: shared parts once per
// reference; binary payloads are not copied but gain a reference.
#pragma once

#include "engine/base/result.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Error: the area is full.
[[nodiscard]] Result<Term> flat_copy(Term term, ImageBuilder& to);

}  // namespace beam
