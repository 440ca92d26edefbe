// One message in a queue, and the queue: a list in the order of arrival.
//
// Where a message's data is:
//   an immediate, or a literal     `attached` is null
//   on the receiver's heap         `attached` is null; the term is a root of the receiver
//   in fragments                   `attached`, the first of them
// A message that is sent to a process with its queue off the heap has its first fragment inside of
// itself (a combined message), and keeps it there until it is received. Source: OTP 25,
// ErtsMessage, erts/emulator/beam/erl_message.h.
#pragma once

#include <cstddef>
#include <utility>

#include "engine/heap/block_resource.hpp"
#include "engine/heap/heap_fragment.hpp"
#include "engine/term/term.hpp"

namespace beam {

struct Message {
  Message* next = nullptr;
  HeapFragment* attached = nullptr;
  Term term;
  Term token = kNil;  // of sequential tracing, which is not modelled
  Term sender = kNil;
  HeapFragment own;     // the first fragment of a combined message
  Word first_word = 0;  // of its data, which goes on behind the message

  [[nodiscard]] bool is_combined() const noexcept { return attached == &own; }
};
static_assert(sizeof(Message) == 88);
inline constexpr std::size_t kMessageWords = sizeof(Message) / kWordBytes;

// Owns nothing by itself: messages go back by release_messages(). Invariant: `next` of the last one
// is null, as it is of a message in no queue.
struct MessageQueue {
  Message* first = nullptr;
  Message* last = nullptr;
  std::size_t count = 0;

  [[nodiscard]] bool empty() const noexcept { return first == nullptr; }
  void append(Message* message) noexcept {
    (first == nullptr ? first : last->next) = message;
    last = message;
    ++count;
  }
  // All of `later` goes behind what is here.
  void append(MessageQueue later) noexcept {
    if (later.empty()) return;
    (first == nullptr ? first : last->next) = later.first;
    last = later.last;
    count += later.count;
  }
  // Takes out the first message. Null: there is none.
  Message* take() noexcept { return empty() ? nullptr : remove_behind(nullptr); }
  // Takes out the message behind `before`, or the first one if that is null.
  Message* remove_behind(Message* before) noexcept {
    Message*& link = before == nullptr ? first : before->next;
    Message* const message = link;
    link = std::exchange(message->next, nullptr);
    if (last == message) last = before;
    --count;
    return message;
  }
};

// A message without data of its own. Null: no memory.
[[nodiscard]] Message* make_message(BlockResource& blocks) noexcept;
// A message combined with a fragment of `words` (at least 1) words. Null: no memory.
[[nodiscard]] Message* make_combined_message(BlockResource& blocks, std::size_t words) noexcept;

// Frees a list of messages with their fragments.
void release_messages(BlockResource& blocks, Message* first) noexcept;

}  // namespace beam
