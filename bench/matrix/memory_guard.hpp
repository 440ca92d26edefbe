// Whether a cell fits into memory, told before it runs.
#pragma once

#include <cstdint>
#include <string>

#include "bench/cells/cell_spec.hpp"

namespace bench::matrix {

// Bytes that the cell may need at worst, saturating: everything its processes can have reserved at
// once, two areas, touched pages, and 64 MiB for the harness. Reserved, not resident: what the
// kernel really has to back is decided by the allocator under test. `area_words` is the module's or
// the spec's.
[[nodiscard]] std::uint64_t worst_case_bytes(const cells::CellSpec& spec, std::uint64_t area_words);

// What a run may use when nothing is said: 70% of the smaller of MemAvailable and the limits of the
// control groups this process is in. No limit in practice where the system tells none of them.
[[nodiscard]] std::uint64_t default_memory_budget();

// The limits of version 1 and 2 control groups that `membership` (/proc/self/cgroup) names below
// `mount` (/sys/fs/cgroup), each with its ancestors; the largest number when there are none.
[[nodiscard]] std::uint64_t control_group_limit(const std::string& membership,
                                                const std::string& mount);

}  // namespace bench::matrix
