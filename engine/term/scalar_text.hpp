// Atoms and numbers as Erlang writes them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/term/term.hpp"

namespace beam {

// The atom of this name, with quotes and escapes where it needs them.
void append_atom(std::string& text, std::string_view name);

// The shortest text that reads back as `value`: decimal if that is no longer than with an exponent
// and `value` is below 2^53, as float_to_list(F, [short]) chooses.
void append_float(std::string& text, double value);

// The big integer at `object`: in decimal up to kMaxDecimalDigits digits of 64 bits, which takes
// quadratic time; larger ones with the base 16 in front ("16#FF").
inline constexpr std::size_t kMaxDecimalDigits = 512;
void append_big(std::string& text, const Word* object);

}  // namespace beam
