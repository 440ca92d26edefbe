#include "engine/term/hash_map_builder.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "engine/base/mapped_array.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/hash_trie.hpp"
#include "engine/term/internal_hash.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

// A hash with its 4-bit groups in trie order: sorted by this, the keys of every node within eight
// levels are contiguous.
std::uint32_t reverse_groups(std::uint32_t hash) noexcept {
  hash = (hash & 0x0F0F0F0FU) << 4 | (hash >> 4 & 0x0F0F0F0FU);
  return __builtin_bswap32(hash);
}

unsigned bit_at(std::uint32_t reversed, unsigned level) noexcept {
  const unsigned groups_below = KeyHasher::kLevelsPerHash - 1 - level % KeyHasher::kLevelsPerHash;
  return reversed >> (KeyHasher::kBitsPerLevel * groups_below) & 0xF;
}

class HashMapBuilder {
 public:
  explicit HashMapBuilder(WordArena& arena) : arena_(arena) {}

  Result<Term> build(std::span<const Term> pairs);
  [[nodiscard]] bool varies() const noexcept { return varies_; }

 private:
  struct Entry {
    std::uint32_t order;  // the reversed hash of the current round
    std::uint32_t index;  // in the pairs as given
  };
  // Entries [begin, end) share a prefix of `level` groups; their node's pointer goes to `slot`.
  struct Group {
    std::size_t begin;
    std::size_t end;
    unsigned level;
    Word* slot;
  };

  Result<Unit> hash_group(const Group& group);
  Result<Unit> build_node(const Group& group);
  Result<Unit> refuse_same_keys(const Group& group);
  Result<Unit> add_child(const Group& child);
  Word* allocate_node(const Group& group, unsigned bitmap) noexcept;
  unsigned bitmap_of(const Group& group) const noexcept;
  [[nodiscard]] Term key(const Entry& entry) const noexcept {
    return pairs_[2 * std::size_t{entry.index}];
  }

  WordArena& arena_;
  std::span<const Term> pairs_;
  KeyHasher hasher_;
  MappedArray<Entry> entries_;
  MappedArray<Group> groups_;
  bool varies_ = false;
};

Result<Term> HashMapBuilder::build(std::span<const Term> pairs) {
  pairs_ = pairs;
  const std::size_t count = pairs.size() / 2;
  if (count > UINT32_MAX) return Error{"a map has too many keys", Error::kNowhere, {count, "{}"}};
  if (!entries_.resize(count)) return kNoWorkMemory;
  for (std::size_t i = 0; i < count; ++i) entries_[i].index = static_cast<std::uint32_t>(i);
  Word root = 0;
  if (!groups_.push_back({0, count, 0, &root})) return kNoWorkMemory;
  while (!groups_.empty()) {
    const Group group = groups_.back();
    groups_.pop_back();
    const Result<Unit> built = build_node(group);
    if (!built) return built.error();
  }
  return Term{root};
}

// Hashes the keys of a group for its level and the next seven, and sorts them by that.
Result<Unit> HashMapBuilder::hash_group(const Group& group) {
  for (std::size_t i = group.begin; i < group.end; ++i) {
    const Result<KeyHash> hash =
        hasher_.hash(key(entries_[i]), group.level / KeyHasher::kLevelsPerHash);
    if (!hash) return hash.error();
    entries_[i].order = reverse_groups(hash.value().value);
    varies_ = varies_ || hash.value().varies;
  }
  std::sort(entries_.begin() + group.begin, entries_.begin() + group.end,
            [](const Entry& a, const Entry& b) {
              return std::tie(a.order, a.index) < std::tie(b.order, b.index);
            });
  return group.level == 0 ? Unit{} : refuse_same_keys(group);
}

// Equal keys have equal hashes in every round, so they meet here in the second one at the latest.
Result<Unit> HashMapBuilder::refuse_same_keys(const Group& group) {
  for (std::size_t i = group.begin + 1; i < group.end; ++i) {
    if (entries_[i - 1].order != entries_[i].order) continue;
    const Result<bool> equal = equal_terms(key(entries_[i - 1]), key(entries_[i]));
    if (!equal) return equal.error();
    if (equal.value()) return kSameKeyTwice;
  }
  return Unit{};
}

Result<Unit> HashMapBuilder::build_node(const Group& group) {
  if (group.level == kMaxTrieLevels) return Error{"different keys of a map have the same hashes"};
  if (group.level % KeyHasher::kLevelsPerHash == 0) {
    const Result<Unit> hashed = hash_group(group);
    if (!hashed) return hashed.error();
  }
  const unsigned bitmap = bitmap_of(group);
  Word* child = allocate_node(group, bitmap);
  if (child == nullptr) return kNoRoomForMap;
  for (std::size_t begin = group.begin; begin < group.end; ++child) {
    const unsigned bit = bit_at(entries_[begin].order, group.level);
    std::size_t end = begin + 1;
    while (end < group.end && bit_at(entries_[end].order, group.level) == bit) ++end;
    const Result<Unit> added = add_child({begin, end, group.level + 1, child});
    if (!added) return added;
    begin = end;
  }
  return Unit{};
}

// Places a leaf now, or queues a node.
Result<Unit> HashMapBuilder::add_child(const Group& child) {
  if (child.end - child.begin > 1) {
    if (!groups_.push_back(child)) return kNoWorkMemory;
    return Unit{};
  }
  Word* leaf = arena_.allocate(kConsWords);
  if (leaf == nullptr) return kNoRoomForMap;
  const std::size_t pair = 2 * std::size_t{entries_[child.begin].index};
  leaf[0] = pairs_[pair].word;
  leaf[1] = pairs_[pair + 1].word;
  *child.slot = make_list(leaf).word;
  return Unit{};
}

// Allocates a node and stores its pointer in the group's slot. Returns the first child's slot;
// null: no room.
Word* HashMapBuilder::allocate_node(const Group& group, unsigned bitmap) noexcept {
  const bool root = group.level == 0;
  const std::size_t head = root ? kHashRootChildren : kHashNodeChildren;
  Word* node = arena_.allocate(head + static_cast<std::size_t>(std::popcount(bitmap)));
  if (node == nullptr) return nullptr;
  if (root) {
    const MapKind kind = bitmap == 0xFFFF ? MapKind::kRootArray : MapKind::kRootBitmap;
    node[0] = make_map_header(kind, 1, bitmap);
    node[kHashMapSize] = group.end;
  } else {
    node[0] = make_map_header(MapKind::kNode, 0, bitmap);
  }
  *group.slot = make_boxed(node).word;
  return node + head;
}

unsigned HashMapBuilder::bitmap_of(const Group& group) const noexcept {
  unsigned bitmap = 0;
  for (std::size_t i = group.begin; i < group.end; ++i) {
    bitmap |= 1U << bit_at(entries_[i].order, group.level);
  }
  return bitmap;
}

}  // namespace

Result<Term> build_hash_map(std::span<const Term> pairs, WordArena& arena, bool* varies) {
  HashMapBuilder builder(arena);
  Result<Term> map = builder.build(pairs);
  *varies = builder.varies();
  return map;
}

}  // namespace beam
