// Integer operands that are not smalls, as terms outside any heap.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

class OperandBig {
 public:
  // The integer in two's complement, most significant byte first. The term is valid until the next
  // call. The non-value if the integer exceeds the runtime's limit. Error: it has redundant leading
  // bytes.
  [[nodiscard]] Result<Term> build(std::span<const std::uint8_t> digits);

 private:
  [[nodiscard]] bool set_magnitude(std::span<const std::uint8_t> digits, bool negative);
  // The byte of the magnitude at `place`, 0 being the lowest.
  [[nodiscard]] std::uint8_t magnitude_byte(std::size_t place) const noexcept;

  MappedArray<Word> words_;  // the object; its digits are the magnitude
};

}  // namespace beam
