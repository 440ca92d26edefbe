// Atoms and numbers as Erlang writes them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/term/term.hpp"

namespace beam {

// An atom with this name, quoted and escaped if necessary.
void append_atom(std::string& text, std::string_view name);

// The shortest text that reads back as `value`: decimal if that is not longer than with an exponent
// and `value` is below 2^53, as float_to_list(F, [short]) chooses.
void append_float(std::string& text, double value);

// The big integer at `object`: in decimal up to kMaxDecimalDigits 64-bit digits, since that takes
// quadratic time; larger ones in base 16 ("16#FF").
inline constexpr std::size_t kMaxDecimalDigits = 512;
void append_big(std::string& text, const Word* object);

}  // namespace beam
