#include "engine/heap/message.hpp"

#include <new>

#include "engine/heap/block_sizes.hpp"

namespace beam {

Message* make_message(BlockResource& blocks) noexcept {
  const Block block = blocks.allocate(kMessageWords);
  return block ? new (block.begin) Message : nullptr;
}

Message* make_combined_message(BlockResource& blocks, std::size_t words) noexcept {
  if (words > kMaxBlockWords) return nullptr;
  const Block block = blocks.allocate(kMessageWords + words - 1);
  if (!block) return nullptr;
  auto* message = new (block.begin) Message;
  message->own.used_words = words;
  message->own.block = block;
  message->attached = &message->own;
  return message;
}

void release_messages(BlockResource& blocks, Message* first) noexcept {
  while (first != nullptr) {
    Message* const next = first->next;
    const bool combined = first->is_combined();  // then it goes with its fragment
    release_fragments(blocks, first->attached);
    if (!combined) blocks.release({reinterpret_cast<Word*>(first), kMessageWords});
    first = next;
  }
}

}  // namespace beam
