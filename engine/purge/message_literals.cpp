#include "engine/purge/message_literals.hpp"

#include "engine/purge/heap_scan.hpp"
#include "engine/purge/next_literal.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

namespace {

// Calls `visit(Word*)` for each word of the message that is a pointer into the area: in its
// fragments, and the term itself.
template <class Visit>
void for_each_reference(Message& message, AddressRange area, Visit visit) noexcept {
  for (HeapFragment* at = message.attached; at != nullptr; at = at->next) {
    LiteralScan scan{at->words(), at->used_words, area};
    for (std::size_t i = next_literal(scan); i < scan.count; i = next_literal(scan)) {
      visit(at->words() + i);
    }
  }
  if (refers(message.term.word, area)) visit(&message.term.word);
}

// The scan that most messages pass: is there any reference at all?
bool any_reference(const Message& message, AddressRange area, std::size_t& scanned) noexcept {
  ++scanned;
  if (refers(message.term.word, area)) return true;
  for (const HeapFragment* at = message.attached; at != nullptr; at = at->next) {
    scanned += at->used_words;
    if (find_literal(at->words(), at->used_words, area) != nullptr) return true;
  }
  return false;
}

void append(Message& message, HeapFragment* fragment) noexcept {
  HeapFragment** link = &message.attached;
  while (*link != nullptr) link = &(*link)->next;
  *link = fragment;
}

// Returns the words copied. Error: no memory; the message is as it was.
Result<std::size_t> copy_literals_of(Message& message, AddressRange literals, AddressRange area,
                                     BlockResource& blocks) noexcept {
  constexpr std::size_t kMost = ~std::size_t{0};
  std::size_t words = 0;
  for_each_reference(message, area, [&](const Word* word) {
    const std::size_t more = copied_words(Term{*word}, literals, &area);
    words = more > kMost - words ? kMost : words + more;
  });
  HeapFragment* fragment = make_fragment(blocks, words);
  if (fragment == nullptr) {
    return Error{"no memory for literals of a message", Error::kNowhere, {words, "{} words"}};
  }
  Word* top = fragment->words();
  for_each_reference(message, area, [&](Word* word) {
    *word = copy_term(Term{*word}, literals, &area, top, fragment->off_heap).word;
  });
  append(message, fragment);
  return words;
}

}  // namespace

Result<MessageLiterals> copy_message_literals(MessageQueue& queue, AddressRange literals,
                                              AddressRange area, BlockResource& blocks) noexcept {
  MessageLiterals done;
  for (Message* message = queue.first; message != nullptr; message = message->next) {
    if (!any_reference(*message, area, done.scanned_words)) continue;
    const auto copied = copy_literals_of(*message, literals, area, blocks);
    if (!copied) return copied.error();
    done.copied_words += copied.value();
  }
  return done;
}

Result<MessageLiterals> copy_message_literals(Process& process, AddressRange area) noexcept {
  return copy_message_literals(process.messages, process.literals, area, *process.blocks);
}

}  // namespace beam
