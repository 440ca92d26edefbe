#include "engine/term/traversal.hpp"

#include <bit>

namespace beam {

namespace {

std::span<const Word> map_children(const Word* object) noexcept {
  const Word header = object[0];
  const auto nodes = static_cast<std::size_t>(std::popcount(map_bitmap(header)));
  switch (map_kind(header)) {
    case MapKind::kFlat:
      return {object + kFlatMapKeys, 1 + object[kFlatMapSize]};
    case MapKind::kNode:
      return {object + kHashNodeChildren, nodes};
    case MapKind::kRootArray:
    case MapKind::kRootBitmap:
      return {object + kHashRootChildren, nodes};
  }
  return {};
}

}  // namespace

std::span<const Word> children_of(Term pointer) noexcept {
  const Word* object = pointer.pointer();
  if (pointer.is_list()) return {object, kConsWords};
  switch (header_subtag(object[0])) {
    case Subtag::kTuple:
      return {object + 1, header_arity(object[0])};
    case Subtag::kMap:
      return map_children(object);
    case Subtag::kFun:
      return {object + kFunCreator, 1 + fun_free(object[kFunArity])};
    case Subtag::kSubBinary:
      return {object + kSubBinaryOrig, 1};
    case Subtag::kMatchState:
      return {object + kMatchStateOrig, 1};
    default:
      return {};
  }
}

}  // namespace beam
