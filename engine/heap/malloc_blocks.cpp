#include "engine/heap/malloc_blocks.hpp"

#include <cstdlib>

namespace beam {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): serving from malloc is what this file is for.
Block MallocBlocks::allocate(std::size_t words) noexcept {
  auto* begin = static_cast<Word*>(std::malloc(words * kWordBytes));
  return {begin, begin == nullptr ? 0 : words};
}

Block MallocBlocks::resize(Block block, std::size_t words) noexcept {
  auto* begin = static_cast<Word*>(std::realloc(block.begin, words * kWordBytes));
  return {begin, begin == nullptr ? 0 : words};
}

void MallocBlocks::release(Block block) noexcept { std::free(block.begin); }
// NOLINTEND(cppcoreguidelines-no-malloc)

}  // namespace beam
