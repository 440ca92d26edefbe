#include "engine/node/mailbox.hpp"

#include "engine/gc/collect.hpp"
#include "engine/heap/copy_onto_heap.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

Result<Term> receive_message(const Message& message, const AddressRanges* released,
                             Process& process) noexcept {
  const std::size_t words = copied_words(message.term, process.literals, released);
  if (words > process.room()) {
    const auto collected = collect(process, words);
    if (!collected) return collected.error();
    if (process.killed) return Error{"the process was killed"};
  }
  return copy_onto_heap(process, message.term, released);
}

}  // namespace beam
