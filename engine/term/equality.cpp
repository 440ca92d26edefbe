#include "engine/term/equality.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

struct Pair {
  Term a;
  Term b;
};

bool equal_floats(const Word* a, const Word* b) noexcept {
  return std::bit_cast<double>(a[1]) == std::bit_cast<double>(b[1]);
}

bool equal_words(const Word* a, const Word* b, std::size_t from) noexcept {
  return std::equal(a + from, a + boxed_words(a), b + from);
}

// Whether two objects with the same header are equal, apart from what they refer to.
bool equal_contents(const Word* a, const Word* b) noexcept {
  switch (header_subtag(a[0])) {
    case Subtag::kTuple:
      return true;
    case Subtag::kMap:
      return map_kind(a[0]) == MapKind::kNode || a[kFlatMapSize] == b[kFlatMapSize];
    case Subtag::kFloat:
      return equal_floats(a, b);
    case Subtag::kFun:
      return a[kFunEntry] == b[kFunEntry] && a[kFunArity] == b[kFunArity] &&
             is_external_fun(a) == is_external_fun(b);
    case Subtag::kRef:
    case Subtag::kExternalPid:
    case Subtag::kExternalPort:
    case Subtag::kExternalRef:
      return same_identifier(identifier_of(make_boxed(a)), identifier_of(make_boxed(b)));
    case Subtag::kMatchState:
      return equal_words(a, b, kMatchStateOffset);
    default:
      return equal_words(a, b, 1);
  }
}

bool equal_bitstrings(Term a, Term b) noexcept { return compare_bits(bits_of(a), bits_of(b)) == 0; }

// Whether the objects behind two pointers are equal, apart from what they refer to.
bool equal_objects(Term a, Term b) noexcept {
  if (a.primary() != b.primary()) return false;
  if (a.is_list()) return true;
  if (is_bitstring(a)) return is_bitstring(b) && equal_bitstrings(a, b);
  if (*a.pointer() == *b.pointer()) return equal_contents(a.pointer(), b.pointer());
  // References of other nodes may have trailing numbers of 0.
  const Identifier identifier = identifier_of(a);
  return identifier.kind != IdentifierKind::kNone && same_identifier(identifier, identifier_of(b));
}

// The children that =:= compares: not the binary behind a bitstring or the creator of a fun.
std::span<const Word> compared_children(Term pointer) noexcept {
  if (is_bitstring(pointer)) return {};
  const auto children = children_of(pointer);
  const bool fun = pointer.is_boxed() && header_subtag(*pointer.pointer()) == Subtag::kFun;
  return fun ? children.subspan(1) : children;
}

// Stack of pairs still to be compared.
class Pairs {
 public:
  [[nodiscard]] bool push(Pair pair) noexcept { return pairs_.push_back(pair); }
  [[nodiscard]] bool push_all(std::span<const Word> a, std::span<const Word> b) noexcept {
    for (std::size_t i = a.size(); i > 0; --i) {
      if (!push({Term{a[i - 1]}, Term{b[i - 1]}})) return false;
    }
    return true;
  }
  [[nodiscard]] bool empty() const noexcept { return pairs_.empty(); }
  Pair pop() noexcept {
    const Pair pair = pairs_.back();
    pairs_.pop_back();
    return pair;
  }

 private:
  MappedArray<Pair> pairs_;
};

// The result of recording a pair of objects.
enum class Match { kNoMemory, kNew, kKnown, kClash };

const Word* as_object(Word address) noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is an address kept in a table.
  return reinterpret_cast<const Word*>(address);
}

// Union-find: sets of objects that must be equal. The table holds each object's parent.
class Classes {
 public:
  // `a` and `b` are distinct objects.
  Match merge(const Word* a, const Word* b) noexcept {
    if (!parents_.make_room(2)) return Match::kNoMemory;
    const AddressTable::Place parent_of_a = parents_.obtain(a);
    const AddressTable::Place parent_of_b = parents_.obtain(b);
    const Word* root_of_b = parent_of_b.is_new ? b : root_of(b);
    if (parent_of_a.is_new) {
      *parent_of_a.value = reinterpret_cast<Word>(root_of_b);
      return Match::kNew;
    }
    const Word* root_of_a = root_of(a);
    if (root_of_a == root_of_b) return Match::kKnown;
    *parents_.find(root_of_a) = reinterpret_cast<Word>(root_of_b);
    return Match::kNew;
  }

 private:
  // The root of an object's set, with path halving.
  const Word* root_of(const Word* object) noexcept {
    while (true) {
      Word* parent = parents_.find(object);
      if (*parent == 0) return object;
      const Word above = *parents_.find(as_object(*parent));
      if (above != 0) *parent = above;
      object = as_object(*parent);
    }
  }

  AddressTable parents_;
};

// The mapping between the objects of two graphs.
class Bijection {
 public:
  Match match(const Word* a, const Word* b) noexcept {
    const AddressTable::Place to_b = to_b_.obtain(a);
    const AddressTable::Place to_a = to_a_.obtain(b);
    if (to_b.value == nullptr || to_a.value == nullptr) return Match::kNoMemory;
    if (!to_b.is_new || !to_a.is_new) {
      return as_object(*to_b.value) == b && as_object(*to_a.value) == a ? Match::kKnown
                                                                        : Match::kClash;
    }
    *to_b.value = reinterpret_cast<Word>(b);
    *to_a.value = reinterpret_cast<Word>(a);
    return Match::kNew;
  }

 private:
  AddressTable to_b_;
  AddressTable to_a_;
};

bool same_position(const Word* a, const Word* b) noexcept {
  return a[kSubBinaryOffset] == b[kSubBinaryOffset] &&
         packed_bit_offset(a[kSubBinaryBits]) == packed_bit_offset(b[kSubBinaryBits]);
}

}  // namespace

Result<bool> equal_terms(Term a, Term b) {
  // For few pairs, comparing some twice is cheaper than recording them.
  constexpr std::size_t kUnrecordedPairs = 1000;
  Pairs pairs;
  Classes classes;
  Pair pair{a, b};
  for (std::size_t compared = 0;; ++compared, pair = pairs.pop()) {
    if (pair.a != pair.b) {
      if (!pair.a.is_pointer() || !equal_objects(pair.a, pair.b)) return false;
      const auto children = compared_children(pair.a);
      Match match = Match::kNew;
      if (compared >= kUnrecordedPairs && !children.empty()) {
        match = classes.merge(pair.a.pointer(), pair.b.pointer());
      }
      if (match == Match::kNoMemory) return kNoWorkMemory;
      if (match == Match::kNew && !pairs.push_all(children, compared_children(pair.b))) {
        return kNoWorkMemory;
      }
    }
    if (pairs.empty()) return true;
  }
}

Result<bool> equal_graphs(Term a, Term b) {
  Pairs pairs;
  Bijection bijection;
  if (!pairs.push({a, b})) return kNoWorkMemory;
  while (!pairs.empty()) {
    const auto [x, y] = pairs.pop();
    if (!x.is_pointer() || is_empty_tuple(x)) {
      if (x != y && !(is_empty_tuple(x) && is_empty_tuple(y))) return false;
      continue;
    }
    if (!equal_objects(x, y)) return false;
    const Match match = bijection.match(x.pointer(), y.pointer());
    if (match == Match::kNoMemory) return kNoWorkMemory;
    if (match == Match::kClash) return false;
    if (match == Match::kKnown || is_sub_binary(x) != is_sub_binary(y)) continue;
    if (is_sub_binary(x) && !same_position(x.pointer(), y.pointer())) return false;
    if (!pairs.push_all(children_of(x), children_of(y))) return kNoWorkMemory;
  }
  return true;
}

}  // namespace beam
