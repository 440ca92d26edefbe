// What the processes of a cell have of the literal area that is purged.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench::cells {

enum class ProcessKind : std::uint8_t {
  kBystander,   // nothing
  kHolder,      // literals that it reaches
  kDeadHolder,  // references from garbage alone
};
inline constexpr std::size_t kProcessKinds = 3;

}  // namespace bench::cells
