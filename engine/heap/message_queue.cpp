#include "engine/heap/message_queue.hpp"

#include "engine/term/copy_term.hpp"

namespace beam {

namespace {

// Copies onto the receiver's heap, which has room.
Term copy_onto_heap(Process& receiver, Term term, const AddressRange* released) noexcept {
  const Word* const known = receiver.off_heap;
  const Term copy = copy_term(term, receiver.literals, released, receiver.htop, receiver.off_heap);
  receiver.virtual_heap.young += virtual_words(receiver.off_heap, known);
  return copy;
}

Term copy_into(HeapFragment& fragment, Term term, AddressRange literals,
               const AddressRange* released) noexcept {
  Word* top = fragment.words();
  return copy_term(term, literals, released, top, fragment.off_heap);
}

// A message with a fragment of `words` words. Null: no memory.
Message* make_message_with(Process& receiver, std::size_t words) noexcept {
  if (receiver.options.off_heap_messages) return make_combined_message(*receiver.blocks, words);
  Message* message = make_message(*receiver.blocks);
  if (message == nullptr) return nullptr;
  message->attached = make_fragment(*receiver.blocks, words);
  if (message->attached != nullptr) return message;
  release_messages(*receiver.blocks, message);
  return nullptr;
}

}  // namespace

Result<Unit> send(Process& receiver, Term term, Delivery how) noexcept {
  const std::size_t words = copied_words(term, receiver.literals, how.released);
  const bool onto_heap =
      !receiver.options.off_heap_messages && !how.receiver_runs && words <= receiver.room();
  const bool has_data_of_its_own = words != 0 && !onto_heap;
  Message* message =
      has_data_of_its_own ? make_message_with(receiver, words) : make_message(*receiver.blocks);
  if (message == nullptr) return Error{"no memory for a message", Error::kNowhere, words};
  if (has_data_of_its_own) {
    message->term = copy_into(*message->attached, term, receiver.literals, how.released);
  } else {
    message->term = words == 0 ? term : copy_onto_heap(receiver, term, how.released);
  }
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

Term receive(Process& process, std::size_t index) noexcept {
  Message* before = nullptr;
  for (Message* at = process.messages.first; index > 0; --index, at = at->next) before = at;
  Message* const message = process.messages.remove_behind(before);
  const Term term = message->term;
  HeapFragment* const data = message->attached;
  if (!message->is_combined()) {
    message->attached = nullptr;
    message->next = nullptr;
    release_messages(*process.blocks, message);
  }
  process.adopt_fragments(data);
  return term;
}

}  // namespace beam
