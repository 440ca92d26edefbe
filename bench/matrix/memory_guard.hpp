// Predicts whether a cell fits into memory.
#pragma once

#include <cstdint>
#include <string>

#include "bench/cells/cell_spec.hpp"

namespace bench::matrix {

// The worst case in bytes, saturating: everything the processes can have reserved at once, two
// areas, touched pages, and 64 MiB for the harness. Reserved, not resident: how much is resident
// depends on the allocator under test. `area_words` is the module's or the spec's.
[[nodiscard]] std::uint64_t worst_case_bytes(const cells::CellSpec& spec, std::uint64_t area_words);

// The default memory budget: 70% of the smallest of MemAvailable and the limits of this process's
// control groups. Practically unlimited if none of them is known.
[[nodiscard]] std::uint64_t default_memory_budget();

// The limits of version 1 and 2 control groups that `membership` (/proc/self/cgroup) names below
// `mount` (/sys/fs/cgroup), each with its ancestors; the largest number if there are none.
[[nodiscard]] std::uint64_t control_group_limit(const std::string& membership,
                                                const std::string& mount);

}  // namespace bench::matrix
