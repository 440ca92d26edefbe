// Pids, ports and references in the external format: leaves, each with its node's name inside.
//
// They are local if they name nonode@nohost with creation 0. As in the runtime, one-byte creations
// over 3, local identifiers that do not fit, and more than five numbers are rejected. Source: OTP
// 25, dec_pid and dec_term, erts/emulator/beam/external.c.
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
