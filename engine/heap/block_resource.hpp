// The seam through which heaps get their memory: blocks of words.
//
// Implementations are plain: they allocate or they return a null block, and never throw. Counting
// and failing on demand are wrappers (counting_blocks.hpp, failing_blocks.hpp). Thread safety is
// that of the allocator behind it; wrappers count atomically.
#pragma once

#include <cstddef>

#include "engine/term/term.hpp"

namespace beam {

struct Block {
  Word* begin = nullptr;
  std::size_t words = 0;

  [[nodiscard]] Word* end() const noexcept { return begin + words; }
  explicit operator bool() const noexcept { return begin != nullptr; }
};

class BlockResource {
 public:
  BlockResource() = default;
  BlockResource(const BlockResource&) = delete;
  BlockResource& operator=(const BlockResource&) = delete;
  virtual ~BlockResource() = default;

  // A block of exactly `words` (at least 1) words with any contents; null: no memory.
  [[nodiscard]] virtual Block allocate(std::size_t words) noexcept = 0;

  // Makes `block` `words` long, keeping the words that both have; may move it. Null: no memory, and
  // `block` is as it was.
  [[nodiscard]] virtual Block resize(Block block, std::size_t words) noexcept = 0;

  // Takes back a block of this resource. A null block is ignored.
  virtual void release(Block block) noexcept = 0;

  // Gives memory that is kept for reuse back to where it came from.
  virtual void trim() noexcept {}
};

}  // namespace beam
