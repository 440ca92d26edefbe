// The free blocks of a carrier, against an ordered set.
#include <set>
#include <utility>
#include <vector>

#include "allocators/erts_free_tree.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using allocators::ErtsBlock;
using allocators::ErtsFreeTree;
using Key = std::pair<std::size_t, ErtsBlock*>;

// Heads of free blocks side by side; nothing lies between them.
class Heads {
 public:
  explicit Heads(const std::vector<std::size_t>& units) : nodes_(units.size()) {
    const auto* const carrier = static_cast<const char*>(static_cast<const void*>(nodes_.data()));
    for (std::size_t i = 0; i < units.size(); ++i) {
      nodes_[i].block.set(8 * units[i], {.free = true}, carrier);
    }
  }
  [[nodiscard]] ErtsBlock* operator[](std::size_t i) { return &nodes_[i].block; }

 private:
  std::vector<ErtsFreeTree::Node> nodes_;
};

}  // namespace

TEST_CASE("an empty tree of free blocks has none to give") {
  ErtsFreeTree tree;
  CHECK(tree.best_fit(1) == nullptr);
  CHECK(tree.largest() == 0);
}

TEST_CASE("the best fit is the smallest that is large enough, and of equal ones the first") {
  Heads heads({8, 16, 16, 32});
  ErtsFreeTree tree;
  for (const std::size_t i : {2U, 0U, 3U, 1U}) tree.insert(heads[i]);
  CHECK(tree.best_fit(64) == heads[0]);
  CHECK(tree.best_fit(65) == heads[1]);
  tree.remove(heads[1]);
  CHECK(tree.best_fit(65) == heads[2]);
  CHECK(tree.best_fit(257) == nullptr);
  CHECK(tree.largest() == 256);
}

TEST_CASE("a tree of free blocks finds what an ordered set finds") {
  check_property(
      [](const std::vector<std::uint8_t>& sizes, const std::vector<std::uint8_t>& order) {
        std::vector<std::size_t> units;
        units.reserve(sizes.size());
        for (const std::uint8_t size : sizes) units.push_back(8U + size % 16U);
        Heads heads(units);
        ErtsFreeTree tree;
        std::set<Key> model;
        for (std::size_t i = 0; i < units.size() + order.size(); ++i) {
          if (units.empty()) break;
          const std::size_t at = i < units.size() ? i : order[i - units.size()] % units.size();
          const Key key = {8 * units[at], heads[at]};
          if (model.erase(key) == 1) {
            tree.remove(heads[at]);
          } else {
            model.insert(key);
            tree.insert(heads[at]);
          }
          RC_ASSERT(tree.largest() == (model.empty() ? 0 : model.rbegin()->first));
          for (const std::size_t bytes : {1U, 100U, 150U, 185U}) {
            const auto found = model.lower_bound({bytes, nullptr});
            RC_ASSERT(tree.best_fit(bytes) == (found == model.end() ? nullptr : found->second));
          }
        }
      });
}
