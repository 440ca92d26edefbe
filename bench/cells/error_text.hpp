// Errors of the engine as people read them.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace bench::cells {

// "the file is truncated at byte 8: it announces 498468 more bytes, and 120 are left": what is
// wrong, where in the input, and which number with what was expected, as far as the error has them.
[[nodiscard]] std::string error_text(const beam::Error& error);

}  // namespace bench::cells
