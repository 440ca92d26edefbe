// One operand of an instruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"
#include "engine/term/term.hpp"

namespace beam {

struct Operand {
  enum class Kind {
    kOther,       // a register, a label, an untagged number
    kConstant,    // `constant`: an atom, a small or []
    kLiteral,     // `number`: index of a literal of the file
    kBigInteger,  // `digits`: two's complement, most significant first
    kList,        // `number`: how many operands follow as its elements
  };
  Kind kind = Kind::kOther;
  Term constant = kNonValue;
  std::size_t number = 0;
  std::span<const std::uint8_t> digits;
};

// `atoms` by number, number 0 being []. Errors: the operand is truncated or damaged, refers to an
// atom beyond the table, or is a list with more operands than bytes left.
[[nodiscard]] Result<Operand> read_operand(ByteReader& in, std::span<const Term> atoms);

}  // namespace beam
