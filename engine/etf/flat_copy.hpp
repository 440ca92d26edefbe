// Copies a term into an image as the runtime copies terms between heaps: shared parts once per
// reference, payloads of binaries not at all (the copy takes one more reference of each).
#pragma once

#include "engine/base/result.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Error: the area is full.
[[nodiscard]] Result<Term> flat_copy(Term term, ImageBuilder& to);

}  // namespace beam
