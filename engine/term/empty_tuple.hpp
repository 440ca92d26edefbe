// `{}` is a single object per runtime. Terms built outside any runtime refer to this constant;
// loading them into a literal space replaces it by the space's own (see literal/literal_space.hpp).
#pragma once

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr Word kEmptyTupleObject[1] = {make_header(0, Subtag::kTuple)};

[[nodiscard]] inline Term unplaced_empty_tuple() noexcept { return make_boxed(kEmptyTupleObject); }

}  // namespace beam
