// `{}` is one object for a whole runtime. Terms built outside of any runtime refer to this
// constant; loading them into a literal space exchanges it for the space's own (see
// literal/literal_space.hpp).
#pragma once

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr Word kEmptyTupleObject[1] = {make_header(0, Subtag::kTuple)};

[[nodiscard]] inline Term unplaced_empty_tuple() noexcept { return make_boxed(kEmptyTupleObject); }

}  // namespace beam
