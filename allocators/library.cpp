#include "allocators/library.hpp"

#include <dlfcn.h>

namespace allocators {

LoadedLibrary::LoadedLibrary(const std::string& path)
    : handle_(::dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD)) {}

LoadedLibrary::~LoadedLibrary() {
  if (handle_ != nullptr) ::dlclose(handle_);
}

void* LoadedLibrary::symbol(const char* name) const noexcept {
  return handle_ == nullptr ? nullptr : ::dlsym(handle_, name);
}

}  // namespace allocators
