// Looks up the registered allocators on this machine: path, version, or why one is missing.
#pragma once

#include <string>
#include <vector>

#include "allocators/allocator.hpp"

namespace bench::matrix {

// The hidden command that a child runs under an allocator: `serving FD ALLOCATOR`. It writes the
// version.
inline constexpr const char* kServingCommand = "serving";

struct AllocatorFacts {
  const ::allocators::Allocator* allocator = nullptr;
  std::string version;
  std::string path;
  std::string package;  // the installed package, or the one that provides it
  std::string reason;   // why it cannot be used, or empty
};

// Starts one child per registered allocator: only a preloaded library can be asked for its version.
[[nodiscard]] std::vector<AllocatorFacts> probe_allocators();

}  // namespace bench::matrix
