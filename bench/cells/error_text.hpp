// The engine's errors as text.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace bench::cells {

// "the file is truncated at byte 8: it announces 498468 more bytes, and 120 are left": what is
// wrong, where in the input, and the actual and expected numbers, if the error has them.
[[nodiscard]] std::string error_text(const beam::Error& error);

}  // namespace bench::cells
