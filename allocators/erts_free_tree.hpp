// The free blocks of one carrier, by size and then by address, linked through themselves.
//
// A splay tree: whatever is looked for becomes the root, and a sequence of n operations on m blocks
// takes n log m steps. Nothing recurses. (The runtime's trees are red-black; which block is found
// is the same.)
#pragma once

#include <cstddef>

#include "allocators/erts_block.hpp"

namespace allocators {

class ErtsFreeTree {
 public:
  // The links behind a free block's head.
  struct Node {
    ErtsBlock block;
    Node* left;
    Node* right;
  };

  void insert(ErtsBlock* block) noexcept;
  void remove(ErtsBlock* block) noexcept;
  // The smallest block of at least so many bytes, of those the first by address; null: none.
  [[nodiscard]] ErtsBlock* best_fit(std::size_t bytes) noexcept;
  // Bytes of the largest block; 0: no block.
  [[nodiscard]] std::size_t largest() noexcept;

 private:
  struct Key {
    std::size_t bytes;
    const void* address;

    [[nodiscard]] friend bool operator<(const Key& a, const Key& b) noexcept {
      return a.bytes != b.bytes ? a.bytes < b.bytes : a.address < b.address;
    }
  };

  [[nodiscard]] static Key key(const Node* node) noexcept { return {node->block.bytes(), node}; }
  // Makes the block of this key the root, or one of its neighbours if there is no such block.
  void splay(Key wanted) noexcept;

  Node* root_ = nullptr;
};

}  // namespace allocators
