// Pids, ports and references in the external format: leaves, each with its node's name inside.
//
// They are of this node if they name nonode@nohost with creation 0. What the runtime would refuse
// is refused: creations of one byte over 3, identifiers of this node that do not fit, more than
// five numbers. Source: OTP 25, dec_pid and dec_term, erts/emulator/beam/external.c.
#pragma once

#include <optional>

#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/etf/tags.hpp"
#include "engine/term/term.hpp"

namespace beam {

// As decode_leaf() (engine/etf/leaf.hpp), for these tags.
[[nodiscard]] std::optional<Result<Term>> decode_identifier(EtfTag tag, ByteReader& in,
                                                            ImageBuilder& to);

}  // namespace beam
