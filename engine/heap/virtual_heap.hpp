// The virtual binary heap: words that a process's counted binaries have off the heap, so that many
// small references to large binaries are collected, too.
//
// `young` counts binaries as they come (bytes / 8 of each) until it passes its limit: then a
// collection is due. A sweep of the off-heap list counts anew what is young and what is old, and
// sets the limits: over three quarters of one is used, and it grows by 1.618 until it is not; under
// a quarter, and it is halved, never below the minimum. Minor collections go on while `old` is
// below its limit. Source: OTP 25, erts/emulator/beam/erl_gc.c, sweep_off_heap.
#pragma once

#include <cstdint>

#include "engine/heap/block_sizes.hpp"
#include "engine/term/term.hpp"

namespace beam {

// min_bin_vheap_size: 32768, rounded up to a block size.
inline constexpr std::uint64_t kDefaultMinVirtualWords = next_block_words(32768);

struct VirtualHeap {
  std::uint64_t young = 0;                              // bin_vheap_size
  std::uint64_t young_limit = kDefaultMinVirtualWords;  // bin_vheap_block_size
  std::uint64_t old = 0;                                // bin_old_vheap_size
  std::uint64_t old_limit = kDefaultMinVirtualWords;    // bin_old_vheap_block_size
};

// The limit that follows `limit` when `used` words are live. Limits are at least the smallest block
// size.
[[nodiscard]] std::uint64_t next_virtual_limit(std::uint64_t used, std::uint64_t limit,
                                               std::uint64_t minimum) noexcept;

// What `object`, on an off-heap list, counts for.
[[nodiscard]] std::uint64_t virtual_words(const Word* object) noexcept;
// The same of the list that begins with `list`, up to `end` (null: all).
[[nodiscard]] std::uint64_t virtual_words(const Word* list, const Word* end) noexcept;

}  // namespace beam
