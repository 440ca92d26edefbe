#include "engine/term/map_lookup.hpp"

#include "engine/term/equality.hpp"
#include "engine/term/hash_trie.hpp"
#include "engine/term/internal_hash.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

Result<Term> flat_map_get(const Word* map, Term key) {
  const Word* keys = Term{map[kFlatMapKeys]}.pointer() + 1;
  for (std::size_t i = 0; i < map[kFlatMapSize]; ++i) {
    const Result<bool> equal = equal_terms(Term{keys[i]}, key);
    if (!equal) return equal.error();
    if (equal.value()) return Term{map[kFlatMapValues + i]};
  }
  return kNonValue;
}

// The leaf at the end of `key`'s path through the trie; kNonValue if the path ends at a missing
// child.
Result<Term> leaf_on_the_way(Term node, Term key) {
  KeyHasher hasher;
  std::uint32_t hash = 0;
  for (unsigned level = 0; node.is_boxed(); ++level) {
    if (level % KeyHasher::kLevelsPerHash == 0) {
      const Result<KeyHash> hashed = hasher.hash(key, level / KeyHasher::kLevelsPerHash);
      if (!hashed) return hashed.error();
      hash = hashed.value().value;
    }
    const Word* child =
        trie_child(map_bitmap(*node.pointer()), children_of(node).data(), trie_bit(hash, level));
    if (child == nullptr) return kNonValue;
    node = Term{*child};
  }
  return node;
}

}  // namespace

bool is_map(Term term) noexcept {
  return term.is_boxed() && header_subtag(*term.pointer()) == Subtag::kMap &&
         map_kind(*term.pointer()) != MapKind::kNode;
}

std::size_t map_size(Term map) noexcept {
  static_assert(kFlatMapSize == kHashMapSize);
  return map.pointer()[kFlatMapSize];
}

Result<Term> map_get(Term map, Term key) {
  if (map_kind(*map.pointer()) == MapKind::kFlat) return flat_map_get(map.pointer(), key);
  const Result<Term> leaf = leaf_on_the_way(map, key);
  if (!leaf || !leaf.value().is_value()) return leaf;
  const Result<bool> equal = equal_terms(head_of(leaf.value()), key);
  if (!equal) return equal.error();
  return equal.value() ? tail_of(leaf.value()) : kNonValue;
}

Result<Unit> append_leaves(Term hash_map, MappedArray<Term>& leaves) {
  MappedArray<Term> pending;
  if (!pending.push_back(hash_map)) return kNoWorkMemory;
  while (!pending.empty()) {
    const Term term = pending.back();
    pending.pop_back();
    if (term.is_list()) {
      if (!leaves.push_back(term)) return kNoWorkMemory;
      continue;
    }
    const auto children = children_of(term);
    for (std::size_t i = children.size(); i > 0; --i) {
      if (!pending.push_back(Term{children[i - 1]})) return kNoWorkMemory;
    }
  }
  return Unit{};
}

}  // namespace beam
