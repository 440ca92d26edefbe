// The proof, inside the child, that the library under test is the one that serves it. A preload
// that the loader silently ignores would otherwise be measured as whatever took its place.
#pragma once

#include <string>

namespace allocators {

// Empty when malloc, free, realloc and aligned_alloc, as this program calls them, lie in the
// library of that real path by the loader's word (dladdr) and by the kernel's (/proc/self/maps);
// else the sentence that says which does not.
[[nodiscard]] std::string why_not_served_by(const std::string& library);

// The real path of the library that serves malloc in this process; empty when that is unknown.
[[nodiscard]] std::string serving_library();

}  // namespace allocators
