// What the runtime says of a process: the values of process_info/2 and of
// process_info(P, garbage_collection_info), under their names.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/heap/process.hpp"

namespace beam {

// Words.
struct GarbageCollectionInfo {
  std::size_t heap_block_size = 0;
  std::size_t heap_size = 0;  // used; process_info(P, heap_size) is the block
  std::size_t old_heap_block_size = 0;
  std::size_t old_heap_size = 0;  // used
  std::size_t stack_size = 0;
  std::size_t recent_size = 0;  // of the heap, what has survived a collection
  // Fragments, and what is attached to messages of an on_heap queue that are not combined.
  std::size_t mbuf_size = 0;
  std::uint64_t bin_vheap_size = 0;
  std::uint64_t bin_vheap_block_size = 0;
  std::uint64_t bin_old_vheap_size = 0;
  std::uint64_t bin_old_vheap_block_size = 0;

  friend bool operator==(const GarbageCollectionInfo&, const GarbageCollectionInfo&) = default;
};

[[nodiscard]] GarbageCollectionInfo garbage_collection_info(const Process& process) noexcept;

// Words: young and old block, fragments, and what is attached to messages of an on_heap queue.
[[nodiscard]] std::size_t total_heap_size(const Process& process) noexcept;
// Words of the young block, stack and free words included.
[[nodiscard]] std::size_t heap_size(const Process& process) noexcept;
// Words.
[[nodiscard]] std::size_t stack_size(const Process& process) noexcept;
[[nodiscard]] std::size_t message_queue_len(const Process& process) noexcept;

// Bytes, for a process without links, monitors or a name: 776 of its own, its heaps and fragments,
// 88 for each queued message and what is attached to it in either kind of queue, and the table of
// its dictionary.
[[nodiscard]] std::size_t memory(const Process& process) noexcept;

}  // namespace beam
