// The children of an object, and visiting every object of a graph once.
//
// Graphs may be a million levels deep and share without limit, so nothing here recurses: pending
// work is in an array, visited objects are in a table by address. The table is used only for
// membership; no result depends on the order of addresses.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

inline constexpr Error kNoWorkMemory{"no memory to walk a term"};

// The words of the object behind `pointer` that hold terms, in memory order. For an external fun
// its marker; for a local one its creator and environment; for a match state and a sub-binary the
// binary they refer to; for a flat map its keys tuple and values.
[[nodiscard]] std::span<const Word> children_of(Term pointer) noexcept;

[[nodiscard]] inline bool is_empty_tuple(Term term) noexcept {
  return term.is_boxed() && *term.pointer() == make_header(0, Subtag::kTuple);
}

// Words of the object behind `pointer`, without what it refers to. `{}` counts 0: it is a single
// object per runtime.
[[nodiscard]] inline std::size_t object_words(Term pointer) noexcept {
  if (pointer.is_list()) return kConsWords;
  return is_empty_tuple(pointer) ? 0 : boxed_words(pointer.pointer());
}

// Work memory reused from walk to walk, so that small walks map none.
struct ObjectWalk {
  AddressTable seen;
  MappedArray<Term> pending;
};

// Calls `visit(Term pointer)` once for each distinct object that `root` reaches, `{}` excepted.
template <class Visit>
[[nodiscard]] Result<Unit> for_each_object(Term root, Visit&& visit, ObjectWalk& walk) {
  auto& [seen, pending] = walk;
  seen.clear();
  pending.clear();
  if (!pending.push_back(root)) return kNoWorkMemory;
  while (!pending.empty()) {
    const Term term = pending.back();
    pending.pop_back();
    if (!term.is_pointer() || is_empty_tuple(term)) continue;
    const AddressTable::Place place = seen.obtain(term.pointer());
    if (place.value == nullptr) return kNoWorkMemory;
    if (!place.is_new) continue;
    visit(term);
    for (const Word child : children_of(term)) {
      if (Term{child}.is_pointer() && !pending.push_back(Term{child})) return kNoWorkMemory;
    }
  }
  return Unit{};
}

template <class Visit>
[[nodiscard]] Result<Unit> for_each_object(Term root, Visit&& visit) {
  ObjectWalk walk;
  return for_each_object(root, visit, walk);
}

}  // namespace beam
