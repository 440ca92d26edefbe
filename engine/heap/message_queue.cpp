#include "engine/heap/message_queue.hpp"

#include "engine/heap/copy_onto_heap.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

namespace {

// Copies into the fragment, which has as many words as it takes.
Term copy_into(HeapFragment& fragment, Term term, AddressRange literals,
               const AddressRanges* released) noexcept {
  Word* top = fragment.words();
  return copy_term(term, literals, released, top, fragment.off_heap);
}

Error no_memory_for(std::size_t words) noexcept {
  return {"no memory for a message", Error::kNowhere, {words, "{} words"}};
}

// A message with a fragment of `words` words. Null: no memory.
Message* make_message_with_fragment(BlockResource& blocks, std::size_t words) noexcept {
  Message* message = make_message(blocks);
  if (message == nullptr) return nullptr;
  message->attached = make_fragment(blocks, words);
  if (message->attached != nullptr) return message;
  release_messages(blocks, message);
  return nullptr;
}

// A message for a receiver with an on_heap queue.
Result<Message*> make_on_heap_message(Process& receiver, Term term, Delivery how) noexcept {
  const std::size_t words = copied_words(term, receiver.literals, how.released);
  const bool has_place = !how.receiver_runs && words <= receiver.room();
  const bool needs_fragment = words != 0 && !has_place;
  Message* message = needs_fragment ? make_message_with_fragment(*receiver.blocks, words)
                                    : make_message(*receiver.blocks);
  if (message == nullptr) return no_memory_for(words);
  if (needs_fragment) {
    message->term = copy_into(*message->attached, term, receiver.literals, how.released);
  } else {
    message->term = words == 0 ? term : copy_onto_heap(receiver, term, how.released);
  }
  return message;
}

}  // namespace

Result<Message*> make_sent_message(BlockResource& blocks, AddressRange literals, Term term,
                                   const AddressRanges* released) noexcept {
  const std::size_t words = copied_words(term, literals, released);
  Message* message = words == 0 ? make_message(blocks) : make_combined_message(blocks, words);
  if (message == nullptr) return no_memory_for(words);
  message->term = words == 0 ? term : copy_into(message->own, term, literals, released);
  return message;
}

Result<Unit> send(Process& receiver, Term term, Delivery how) noexcept {
  BEAM_TRY(const auto message,
           receiver.options.off_heap_messages
               ? make_sent_message(*receiver.blocks, receiver.literals, term, how.released)
               : make_on_heap_message(receiver, term, how));
  receiver.messages.append(message);
  return Unit{};
}

Result<Unit> send_to_self(Process& process, Term term, Delivery how) noexcept {
  if (process.options.off_heap_messages) return send(process, term, how);
  Message* message = make_message(*process.blocks);
  if (message == nullptr) return Error{"no memory for a message"};
  message->term = term;
  process.messages.append(message);
  return Unit{};
}

Result<Unit> change_message_queue_data(Process& process, bool off_heap,
                                       const AddressRanges* released) noexcept {
  const bool leaves_heap = off_heap && !process.options.off_heap_messages;
  Message* message = leaves_heap ? process.messages.first : nullptr;
  for (; message != nullptr; message = message->next) {
    if (message->attached != nullptr) continue;
    const std::size_t words = copied_words(message->term, process.literals, released);
    if (words == 0) continue;
    message->attached = make_fragment(*process.blocks, words);
    if (message->attached == nullptr) return no_memory_for(words);
    message->term = copy_into(*message->attached, message->term, process.literals, released);
  }
  process.options.off_heap_messages = off_heap;
  return Unit{};
}

Term receive(Process& process, std::size_t index) noexcept {
  Message* before = nullptr;
  for (Message* at = process.messages.first; index > 0; --index, at = at->next) before = at;
  Message* const message = process.messages.remove_behind(before);
  const Term term = message->term;
  HeapFragment* const data = message->attached;
  if (!message->is_combined()) {
    message->attached = nullptr;
    release_messages(*process.blocks, message);
  }
  process.adopt_fragments(data);
  return term;
}

}  // namespace beam
