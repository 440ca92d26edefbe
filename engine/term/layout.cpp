#include "engine/term/layout.hpp"

#include <bit>

#include "engine/term/identifier.hpp"

namespace beam {

namespace {

std::size_t map_words(const Word* object) noexcept {
  const Word header = object[0];
  const auto children = static_cast<std::size_t>(std::popcount(map_bitmap(header)));
  switch (map_kind(header)) {
    case MapKind::kFlat:
      return flat_map_words(object[kFlatMapSize]);
    case MapKind::kNode:
      return kHashNodeChildren + children;
    case MapKind::kRootArray:
    case MapKind::kRootBitmap:
      return kHashRootChildren + children;
  }
  return 1;
}

}  // namespace

std::size_t boxed_words(const Word* object) noexcept {
  const Word header = object[0];
  switch (header_subtag(header)) {
    case Subtag::kMap:
      return map_words(object);
    case Subtag::kFun:
      return kFunWords + fun_free(object[kFunArity]);
    case Subtag::kSubBinary:
      return kSubBinaryWords;
    default:
      return 1 + header_arity(header);
  }
}

bool on_off_heap_list(const Word* object) noexcept {
  switch (header_subtag(object[0])) {
    case Subtag::kProcBin:
    case Subtag::kExternalPid:
    case Subtag::kExternalPort:
    case Subtag::kExternalRef:
      return true;
    case Subtag::kFun:
      return !is_external_fun(object);
    case Subtag::kRef:
      return is_magic_ref(object);
    default:
      return false;
  }
}

}  // namespace beam
