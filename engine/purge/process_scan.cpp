#include "engine/purge/process_scan.hpp"

#include "engine/purge/next_literal.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

namespace {

HeapScan scan_words(LiteralScan scan) noexcept {
  if (scan.count == 0) return {};
  const std::size_t hit = next_literal(scan);
  if (hit == scan.count) return {false, scan.count};
  return {true, hit + 1};
}

HeapScan scan_roots(const Word* begin, const Word* end, AddressRange area) noexcept {
  return scan_words({begin, static_cast<std::size_t>(end - begin), area, ScanOf::kRoots});
}

HeapScan scan_heap(const Word* words, std::size_t count, AddressRange area) noexcept {
  return scan_words({words, count, area});
}

}  // namespace

const Word* find_literal(const Word* words, std::size_t count, AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal(scan);
  return hit == count ? nullptr : words + hit;
}

const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                    AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal_by_walking(scan);
  return hit == count ? nullptr : words + hit;
}

HeapScan scan_for_literals(const Process& process, AddressRange area) noexcept {
  HeapScan total;
  const auto add = [&total](HeapScan part) {
    total.scanned_words += part.scanned_words;
    total.found = part.found;
    return part.found;
  };
  if (add(scan_roots(process.stop, process.young.end(), area)) ||
      add(scan_heap(process.young.begin, process.used_words(), area)) ||
      add(scan_heap(process.old.begin, process.old_used_words(), area))) {
    return total;
  }
  if (add(scan_roots(process.dictionary.begin, process.dictionary.begin + process.dictionary_size,
                     area))) {
    return total;
  }
  const HeapFragment* fragment = process.fragments;
  while (fragment != nullptr && !add(scan_heap(fragment->words(), fragment->used_words, area))) {
    fragment = fragment->next;
  }
  return total;
}

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
