// The named set: programs that together cover everything that decides a heap's size before, during
// and after a purge. Names are "group/description"; each group is a file in programs/.
#pragma once

#include <vector>

#include "bench/validate/program.hpp"

namespace bench::validate {

[[nodiscard]] std::vector<Program> named_programs();

// Modules whose areas are measured: every kind of literal, and maps whose areas are not fixed.
[[nodiscard]] std::vector<ModuleSpec> named_areas();

}  // namespace bench::validate
