// The library that serves this process, asked for its functions without binding to any at link
// time.
#pragma once

#include <string>

#include "allocators/allocator.hpp"

namespace allocators {

class LoadedLibrary {
 public:
  // The shared library of this path, if this process has it loaded; loads nothing.
  explicit LoadedLibrary(const std::string& path);
  ~LoadedLibrary();
  LoadedLibrary(const LoadedLibrary&) = delete;
  LoadedLibrary& operator=(const LoadedLibrary&) = delete;

  [[nodiscard]] bool loaded() const noexcept { return handle_ != nullptr; }

  // The function of that name in the library or in what it depends on; null when there is none.
  [[nodiscard]] void* symbol(const char* name) const noexcept;

  template <class Function>
  [[nodiscard]] Function function(const char* name) const noexcept {
    return reinterpret_cast<Function>(symbol(name));
  }

 private:
  void* handle_ = nullptr;
};

}  // namespace allocators
