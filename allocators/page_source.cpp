#include "allocators/page_source.hpp"

#include <cstdint>
#include <sys/mman.h>

namespace allocators {

namespace {

char* map_anywhere(std::size_t bytes) noexcept {
  void* const at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return at == MAP_FAILED ? nullptr : static_cast<char*>(at);
}

// Bytes from `at` to the next multiple of `alignment`.
std::size_t distance_to_multiple(const char* at, std::size_t alignment) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(at);
  return (alignment - address % alignment) % alignment;
}

}  // namespace

char* KernelPages::map(std::size_t bytes, std::size_t alignment) noexcept {
  if (alignment <= kPageBytes) return map_anywhere(bytes);
  const std::size_t slack = alignment - kPageBytes;
  if (bytes > ~std::size_t{0} - slack) return nullptr;
  char* const at = map_anywhere(bytes + slack);
  if (at == nullptr) return nullptr;
  const std::size_t before = distance_to_multiple(at, alignment);
  if (before > 0) munmap(at, before);
  if (before < slack) munmap(at + before + bytes, slack - before);
  return at + before;
}

void KernelPages::unmap(char* at, std::size_t bytes) noexcept { munmap(at, bytes); }

char* KernelPages::remap(char* at, std::size_t bytes, std::size_t wanted) noexcept {
  void* const moved = mremap(at, bytes, wanted, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? nullptr : static_cast<char*>(moved);
}

}  // namespace allocators
