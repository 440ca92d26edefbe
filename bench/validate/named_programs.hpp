// The named set: programs that together cover what decides a heap's size before, during and after a
// purge. Names are "group/what it is".
#pragma once

#include <vector>

#include "bench/validate/program.hpp"

namespace bench::validate {

[[nodiscard]] std::vector<Program> named_programs();

}  // namespace bench::validate
