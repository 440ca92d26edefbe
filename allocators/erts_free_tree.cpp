#include "allocators/erts_free_tree.hpp"

#include <cstdint>

namespace allocators {

namespace {

ErtsFreeTree::Node* node_of(ErtsBlock* block) noexcept {
  return static_cast<ErtsFreeTree::Node*>(static_cast<void*>(block));
}

}  // namespace

// From the top down (Sleator and Tarjan): what is less than `wanted` is hung on `less`, what is
// greater on `more`, each at its open end, and both are put under the node where the way ends.
void ErtsFreeTree::splay(Key wanted) noexcept {
  if (root_ == nullptr) return;
  Node* less = nullptr;
  Node* more = nullptr;
  Node** less_end = &less;
  Node** more_end = &more;
  Node* at = root_;
  while (true) {
    if (wanted < key(at)) {
      Node* below = at->left;
      if (below != nullptr && wanted < key(below)) {
        at->left = below->right;
        below->right = at;
        at = below;
        below = at->left;
      }
      if (below == nullptr) break;
      *more_end = at;
      more_end = &at->left;
      at = below;
    } else if (key(at) < wanted) {
      Node* below = at->right;
      if (below != nullptr && key(below) < wanted) {
        at->right = below->left;
        below->left = at;
        at = below;
        below = at->right;
      }
      if (below == nullptr) break;
      *less_end = at;
      less_end = &at->right;
      at = below;
    } else {
      break;
    }
  }
  *less_end = at->left;
  *more_end = at->right;
  at->left = less;
  at->right = more;
  root_ = at;
}

void ErtsFreeTree::insert(ErtsBlock* block) noexcept {
  Node* const node = node_of(block);
  splay(key(node));
  node->left = nullptr;
  node->right = nullptr;
  if (root_ != nullptr && key(root_) < key(node)) {
    node->left = root_;
    node->right = root_->right;
    root_->right = nullptr;
  } else if (root_ != nullptr) {
    node->right = root_;
    node->left = root_->left;
    root_->left = nullptr;
  }
  root_ = node;
}

void ErtsFreeTree::remove(ErtsBlock* block) noexcept {
  const Key gone = key(node_of(block));
  splay(gone);
  Node* const greater = root_->right;
  root_ = root_->left;
  if (root_ == nullptr) {
    root_ = greater;
    return;
  }
  splay(gone);  // what is left is less, so that its greatest comes up
  root_->right = greater;
}

ErtsBlock* ErtsFreeTree::best_fit(std::size_t bytes) noexcept {
  splay({bytes, nullptr});
  if (root_ == nullptr) return nullptr;
  if (root_->block.bytes() >= bytes) return &root_->block;
  Node* at = root_->right;
  if (at == nullptr) return nullptr;
  while (at->left != nullptr) at = at->left;
  return &at->block;
}

std::size_t ErtsFreeTree::largest() noexcept {
  splay({SIZE_MAX, nullptr});
  return root_ == nullptr ? 0 : root_->block.bytes();
}

}  // namespace allocators
