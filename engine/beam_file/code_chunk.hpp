// Finds the terms in a module's code that the loader turns into literals:
// - integer operands that are not smalls;
// - put_map_assoc on the literal `#{}` with at most 32 keys, all constant: the tuple of the keys
//   in the order of map keys.
// Everything else is skipped, with its operands counted by opcodes.hpp.
// Source: OTP 25, erts/emulator/beam/beam_file.c, beam_transform_helpers.c and predicates.tab;
// jit/x86/ops.tab and generators.tab (new_small_map_lit).
#pragma once

#include <span>

#include "engine/base/result.hpp"
#include "engine/beam_file/container.hpp"
#include "engine/beam_file/dynamic_literals.hpp"
#include "engine/beam_file/literal_chunk.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/term.hpp"

namespace beam {

// The tables that operands refer to by number.
struct CodeTables {
  std::span<const Term> atoms;
  std::span<const Term> literals;
  std::span<const Slack> slacks;  // of the literals
};

// Adds those literals in the order of the instructions, up to int_code_end.
[[nodiscard]] Result<Unit> read_code_literals(const Chunk& chunk, const CodeTables& tables,
                                              ImageBuilder& image, DynamicLiterals& to);

}  // namespace beam
