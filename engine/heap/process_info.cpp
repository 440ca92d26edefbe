#include "engine/heap/process_info.hpp"

#include <array>

namespace beam {

namespace {

// sizeof(Process) and what always belongs to it; one link or monitor would be 40 more.
constexpr std::size_t kProcessBytes = 776;

// Slots of the hash table that a dictionary of `keys` keys has, if none was ever erased. The first
// sizes are the runtime's own; from 80 on it doubles one or two keys before the table is full.
// Measured, key by key, up to 3,000 keys.
std::size_t dictionary_slots(std::size_t keys) noexcept {
  struct Step {
    std::size_t keys;   // fewer than these
    std::size_t slots;  // have so many
  };
  constexpr std::array<Step, 5> kSmall{{{1, 0}, {8, 8}, {10, 10}, {18, 20}, {33, 40}}};
  for (const Step& step : kSmall) {
    if (keys < step.keys) return step.slots;
  }
  std::size_t slots = 80;
  for (std::size_t spare = 2; keys >= slots - spare; spare = 3 - spare) slots *= 2;
  return slots;
}

std::size_t dictionary_bytes(std::size_t keys) noexcept {
  constexpr std::size_t kHeaderBytes = 24;
  return keys == 0 ? 0 : kHeaderBytes + dictionary_slots(keys) * kWordBytes;
}

std::size_t queued_bytes(const MessageQueue& queue) noexcept {
  std::size_t bytes = queue.count * sizeof(Message);
  for (const Message* message = queue.first; message != nullptr; message = message->next) {
    bytes += words_of(message->attached) * kWordBytes;
  }
  return bytes;
}

}  // namespace

GarbageCollectionInfo garbage_collection_info(const Process& process) noexcept {
  return {.heap_block_size = process.young.words,
          .heap_size = process.used_words(),
          .old_heap_block_size = process.old.words,
          .old_heap_size = process.old_used_words(),
          .stack_size = process.stack_words(),
          .recent_size = static_cast<std::size_t>(process.high_water - process.young.begin),
          .mbuf_size = process.fragment_words + process.moving_attached_words(),
          .bin_vheap_size = process.virtual_heap.young,
          .bin_vheap_block_size = process.virtual_heap.young_limit,
          .bin_old_vheap_size = process.virtual_heap.old,
          .bin_old_vheap_block_size = process.virtual_heap.old_limit};
}

std::size_t total_heap_size(const Process& process) noexcept { return process.total_heap_words(); }

std::size_t heap_size(const Process& process) noexcept { return process.young.words; }

std::size_t stack_size(const Process& process) noexcept { return process.stack_words(); }

std::size_t message_queue_len(const Process& process) noexcept { return process.messages.count; }

std::size_t memory(const Process& process) noexcept {
  const std::size_t heap = process.young.words + process.old.words + process.fragment_words;
  return kProcessBytes + heap * kWordBytes + queued_bytes(process.messages) +
         dictionary_bytes(process.dictionary_size);
}

}  // namespace beam
