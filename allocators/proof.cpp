#include "allocators/proof.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <string_view>

namespace allocators {
namespace {

struct Entry {
  const char* name;
  void* address;
};

// Taken as addresses and not looked up by name: what counts is what this program calls.
std::array<Entry, 4> entries() {
  return {{
      {"malloc", reinterpret_cast<void*>(&std::malloc)},
      {"free", reinterpret_cast<void*>(&std::free)},
      {"realloc", reinterpret_cast<void*>(&std::realloc)},
      {"aligned_alloc", reinterpret_cast<void*>(&std::aligned_alloc)},
  }};
}

std::string by_loader(const void* address) {
  Dl_info info{};
  if (::dladdr(address, &info) == 0 || info.dli_fname == nullptr) return {};
  char* const resolved = ::realpath(info.dli_fname, nullptr);
  if (resolved == nullptr) return info.dli_fname;
  std::string path(resolved);
  std::free(resolved);
  return path;
}

// The path of a line of /proc/self/maps, if its range holds the address:
// "55d0c0a00000-55d0c0a21000 r-xp 00000000 fe:00 1234   /usr/lib/libx.so.1".
std::string path_if_holding(const std::string& line, std::uintptr_t address) {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  int path_at = 0;
  if (std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR " %*s %*s %*s %*s %n", &begin, &end,
                  &path_at) < 2) {
    return {};
  }
  if (address < begin || address >= end || path_at == 0) return {};
  return line.substr(static_cast<std::size_t>(path_at));
}

std::string by_kernel(const void* address) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::string path = path_if_holding(line, reinterpret_cast<std::uintptr_t>(address));
    if (!path.empty()) return path;
  }
  return {};
}

}  // namespace

std::string serving_library() { return by_loader(entries().front().address); }

std::string why_not_served_by(const std::string& library) {
  for (const Entry& entry : entries()) {
    for (const std::string& server : {by_loader(entry.address), by_kernel(entry.address)}) {
      if (server == library) continue;
      return std::string(entry.name) + " is served by " +
             (server.empty() ? "nothing known" : server) + ", not by " + library;
    }
  }
  return {};
}

}  // namespace allocators
