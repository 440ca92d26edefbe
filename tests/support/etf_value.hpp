// Random terms for property tests: values that know their external form and how many words they
// take.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"
#include "tests/support/bytes.hpp"

namespace beam_test {

struct EtfValue {
  enum class Kind { kInteger, kFloat, kAtom, kNil, kBinary, kBits, kTuple, kList, kMap, kFun };
  Kind kind = Kind::kNil;
  bool negative = false;   // kInteger
  Bytes bytes;             // kInteger: magnitude, least first, no leading zeros; kBinary, kBits
  double number = 0;       // kFloat
  std::string name;        // kAtom; kFun: the name of its module and function
  std::uint8_t small = 0;  // kBits: bits of the last byte, 1..7; kFun: arity
  std::vector<EtfValue>
      parts;  // kTuple; kList: elements, then the tail; kMap: keys and values in turn
};

// A value of up to `depth` levels. Runs inside of a property.
[[nodiscard]] EtfValue random_value(int depth);

// The external form without a version. Where the format has more than one way to write a term, one
// is drawn: inside of a property only.
[[nodiscard]] Bytes encode_any(const EtfValue& value);

// The external form in one fixed way: equal terms give equal bytes.
[[nodiscard]] Bytes encode_canonical(const EtfValue& value);
[[nodiscard]] Bytes encode_canonical(beam::Term term, const beam::AtomTable& atoms);

[[nodiscard]] std::size_t words_of(const EtfValue& value);

}  // namespace beam_test
