// Where an allocator's library is, found as the dynamic loader would find it but without loading
// it: what the runner preloads into a child must not become part of the runner.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "allocators/checked.hpp"
#include "allocators/registry.hpp"

namespace allocators {

// Directories in the loader's order: LD_LIBRARY_PATH, those of /etc/ld.so.conf, the one the C
// library itself was loaded from, the built-in ones.
[[nodiscard]] std::vector<std::string> library_directories();

// The directories that a loader configuration file names, its include lines followed.
[[nodiscard]] std::vector<std::string> read_loader_configuration(const std::string& file);

// The first soname that one of the directories holds as a shared library for this kind of machine,
// by its real path; sonames in their order before directories in theirs. Empty: none does.
[[nodiscard]] std::string find_library(std::span<const std::string_view> sonames,
                                       const std::vector<std::string>& directories);

// Of all files that the patterns match, the shared library for this kind of machine whose path has
// the highest version ("/llvm-9/" before "/llvm-14/"), by its real path. Empty: there is none.
[[nodiscard]] std::string find_newest(std::span<const std::string_view> patterns);

// The real path of the library that must serve a child under this choice; empty for `none`.
// The reason says what is missing and which package has it, or why the loader would not take the
// file.
[[nodiscard]] Checked<std::string> locate(const Choice& choice);

}  // namespace allocators
