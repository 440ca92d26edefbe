// The limits of the values of `run`. Values outside are mistakes and are rejected before anything
// runs.
#pragma once

#include <cstdint>

#include "bench/cells/range.hpp"

namespace bench::cells {

// Whether an area fits into this run's literal space is checked per cell.
inline constexpr Range kAreaWords = {2, std::uint64_t{1} << 40};
// The smallest literal is a list of one cell.
inline constexpr Range kTermWords = {2, std::uint64_t{1} << 40};
inline constexpr Range kHeldWords = {1, std::uint64_t{1} << 40};
// The maximum of +P (OTP 25, erts/emulator/beam/erl_ptab.h, ERTS_PTAB_MAX_SIZE).
inline constexpr Range kProcesses = {0, (std::uint64_t{1} << 27) - 1};
inline constexpr Range kHeapWords = {0, std::uint64_t{1} << 40};
inline constexpr Range kTouchPages = {0, std::uint64_t{1} << 32};
// The runtime's limit (MAX_NO_OF_SCHEDULERS).
inline constexpr Range kSchedulers = {1, 1024};
inline constexpr Range kRounds = {1, 1'000'000};
inline constexpr Range kInvocations = {1, 10'000};
inline constexpr Range kSettleMs = {0, 3'600'000, Unit::kMilliseconds};
inline constexpr Range kTimeoutSeconds = {1, 86'400, Unit::kSeconds};
// 2^46 does not overflow; less than 1 MiB holds nothing worth purging.
inline constexpr Range kLiteralSpaceBytes = {std::uint64_t{1} << 20, std::uint64_t{1} << 46,
                                             Unit::kBytes};
inline constexpr Range kMemoryBudgetBytes = {.unit = Unit::kBytes};
inline constexpr Range kSeed = {};

}  // namespace bench::cells
