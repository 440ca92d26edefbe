// Heap fragments: memory of a process, or of a message to it, beside its heaps.
//
//   block.begin            words()
//   | header, 5 words      | used_words: whole objects |
//
// A fragment of a message has an off-heap list of its own and points at nothing but literals and
// fragments of the same message. Once it belongs to a process its list is part of the process's,
// and it may point anywhere in young heap, old heap and fragments. The next collection moves what
// is live of it and frees it. Source: OTP 25, ErlHeapFragment, erts/emulator/beam/global.h.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/heap/block_resource.hpp"
#include "engine/term/term.hpp"

namespace beam {

struct HeapFragment {
  HeapFragment* next = nullptr;
  Word* off_heap = nullptr;  // null once it belongs to a process
  std::size_t used_words = 0;
  Block block;  // what goes back when it is freed: itself, or the message around it

  [[nodiscard]] Word* words() noexcept { return reinterpret_cast<Word*>(this + 1); }
  [[nodiscard]] const Word* words() const noexcept {
    return reinterpret_cast<const Word*>(this + 1);
  }
  [[nodiscard]] AddressRange range() const noexcept {
    return {reinterpret_cast<Word>(words()), used_words * kWordBytes};
  }
};
static_assert(sizeof(HeapFragment) == 40);
inline constexpr std::size_t kFragmentHeaderWords = sizeof(HeapFragment) / kWordBytes;

// A fragment of `words` words with any contents, in a block of its own. Null: no memory.
[[nodiscard]] HeapFragment* make_fragment(BlockResource& blocks, std::size_t words) noexcept;

// Frees a list of fragments and drops what their own off-heap lists hold.
void release_fragments(BlockResource& blocks, HeapFragment* first) noexcept;

// Words of all fragments of a list.
[[nodiscard]] std::size_t words_of(const HeapFragment* first) noexcept;

}  // namespace beam
