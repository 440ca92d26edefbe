// What the child knows of the allocator that serves it, once proven.
#pragma once

#include <string>

#include "allocators/allocator.hpp"
#include "allocators/checked.hpp"
#include "allocators/registry.hpp"

namespace allocators {

struct Serving {
  std::string path;      // of the library that serves malloc
  std::string version;   // as version_of_library describes it
  std::string identity;  // library_identity of `path`
  GiveBack give_back;    // asks it to give memory back; allocates nothing
  StatisticsReader statistics;
};

// To be called early in the child: looks up symbols, reads files, allocates. The reason is the
// proof's that failed, or that the library is missing.
[[nodiscard]] Checked<Serving> prove_serving(const Choice& choice);

// The version for a library that exports none: its package's, marked so, and its build-id.
[[nodiscard]] std::string version_of_library(const Choice& choice, const std::string& path);

}  // namespace allocators
