// Terms of the external format that hold no other terms (external funs hold three, identifiers one,
// none of them nested).
#pragma once

#include <optional>

#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/etf/tags.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Decodes the leaf with this tag, whose body is at the front of `in`, and consumes it. Empty if the
// tag is not a leaf's. Errors carry the offset of the damage.
[[nodiscard]] std::optional<Result<Term>> decode_leaf(EtfTag tag, ByteReader& in, ImageBuilder& to);

// The next term, which must be an atom, or an integer of at most 32 bits; `otherwise` is the error
// if it is neither.
[[nodiscard]] Result<Term> decode_atom_leaf(ByteReader& in, ImageBuilder& to,
                                            const char* otherwise);
[[nodiscard]] Result<Term> decode_integer_leaf(ByteReader& in, ImageBuilder& to,
                                               const char* otherwise);

}  // namespace beam
