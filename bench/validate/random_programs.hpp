// Random programs, by seed: the same on every machine.
#pragma once

#include <cstdint>

#include "bench/validate/program.hpp"

namespace bench::validate {

// Program `number` of `seed`, named "SEED:NUMBER".
[[nodiscard]] Program random_program(std::uint64_t seed, std::uint64_t number);

}  // namespace bench::validate
