// The roots of a process, in the order in which collections visit them.
#pragma once

#include "engine/heap/process.hpp"

namespace beam {

// Calls `visit(begin, end)` for the stack, for the dictionary, and in an on_heap queue for the term
// of each message whose data is not attached to it.
template <class Visit>
void for_each_root_array(const Process& process, Visit visit) noexcept {
  visit(process.stop, process.young.end());
  visit(process.dictionary.begin, process.dictionary.begin + process.dictionary_size);
  if (process.options.off_heap_messages) return;
  for (Message* message = process.messages.first; message != nullptr; message = message->next) {
    if (message->attached == nullptr) visit(&message->term.word, &message->term.word + 1);
  }
}

}  // namespace beam
