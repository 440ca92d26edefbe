// What the allocators of this build are on this machine: found or not, where, which version.
#pragma once

#include <string>
#include <vector>

#include "allocators/allocator.hpp"

namespace bench::matrix {

// Arguments of the hidden command that a child runs under an allocator: this, the descriptor, the
// allocator's name. It writes the version.
inline constexpr const char* kServingCommand = "serving";

struct AllocatorFacts {
  const ::allocators::Allocator* allocator = nullptr;
  std::string version;
  std::string path;
  std::string package;  // that is installed, or else that would have it
  std::string reason;   // why it cannot be used; empty: it can
};

// One child per registered allocator, as only what is preloaded can be asked for its version.
[[nodiscard]] std::vector<AllocatorFacts> probe_allocators();

}  // namespace bench::matrix
