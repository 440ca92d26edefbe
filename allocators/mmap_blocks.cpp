#include "allocators/mmap_blocks.hpp"

#include "allocators/rounding.hpp"

namespace allocators {

namespace {

constexpr std::size_t mapped_bytes(std::size_t words) noexcept {
  return rounded_up(words * beam::kWordBytes, PageSource::kPageBytes);
}

beam::Block block_at(char* at, std::size_t words) noexcept {
  if (at == nullptr) return {};
  return {static_cast<beam::Word*>(static_cast<void*>(at)), words};
}

char* address_of(beam::Block block) noexcept {
  return static_cast<char*>(static_cast<void*>(block.begin));
}

}  // namespace

beam::Block MmapBlocks::allocate(std::size_t words) noexcept {
  return block_at(pages_.map(mapped_bytes(words), PageSource::kPageBytes), words);
}

beam::Block MmapBlocks::resize(beam::Block block, std::size_t words) noexcept {
  return block_at(pages_.remap(address_of(block), mapped_bytes(block.words), mapped_bytes(words)),
                  words);
}

void MmapBlocks::release(beam::Block block) noexcept {
  if (block) pages_.unmap(address_of(block), mapped_bytes(block.words));
}

}  // namespace allocators
