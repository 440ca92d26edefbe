#include "allocators/mmap_blocks.hpp"

#include <sys/mman.h>

namespace allocators {

namespace {

constexpr std::size_t kPageBytes = 4096;

constexpr std::size_t mapped_bytes(std::size_t words) noexcept {
  return (words * beam::kWordBytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

}  // namespace

beam::Block MmapBlocks::allocate(std::size_t words) noexcept {
  void* at = mmap(nullptr, mapped_bytes(words), PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) return {};
  return {static_cast<beam::Word*>(at), words};
}

beam::Block MmapBlocks::resize(beam::Block block, std::size_t words) noexcept {
  void* at = mremap(block.begin, mapped_bytes(block.words), mapped_bytes(words), MREMAP_MAYMOVE);
  if (at == MAP_FAILED) return {};
  return {static_cast<beam::Word*>(at), words};
}

void MmapBlocks::release(beam::Block block) noexcept {
  if (block) munmap(block.begin, mapped_bytes(block.words));
}

}  // namespace allocators
