// What a file's ELF headers say, read without loading it. Any file is valid input.
#pragma once

#include <string>

namespace allocators {

// Empty when the path is of an ELF file that can be read; else why not ("there is no such file").
[[nodiscard]] std::string why_not_elf(const std::string& path);

// Empty when the loader could preload the file into this process; else why not ("not a shared
// library").
[[nodiscard]] std::string why_not_loadable(const std::string& path);

// The linker's build-id in hexadecimal; empty when there is none.
[[nodiscard]] std::string build_id(const std::string& path);

// What tells a library's file from any other: its build-id or, where the linker wrote none,
// "sha256:" and the hash of its contents. Empty when it cannot be read.
[[nodiscard]] std::string library_identity(const std::string& path);

}  // namespace allocators
