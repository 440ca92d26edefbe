#include "engine/node/transit.hpp"

#include <limits>
#include <utility>

#include "engine/gc/collect.hpp"
#include "engine/heap/virtual_heap.hpp"
#include "engine/term/copy_term.hpp"
#include "engine/term/header.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

constexpr std::size_t kNext = 0;
constexpr std::size_t kRoot = 1;
constexpr std::size_t kOffHeap = 2;
constexpr std::size_t kMore = 3;
constexpr std::size_t kWords = 4;  // of the whole block
constexpr std::size_t kData = 5;

constexpr std::size_t kTooLarge = std::numeric_limits<std::size_t>::max() / kWordBytes - kData;

Word* block_at(Word link) noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer kept in a block.
  return reinterpret_cast<Word*>(link);
}

// A block with room for `words` words of data; null: no memory.
Word* make_block(std::size_t words, BlockResource& blocks) noexcept {
  if (words > kTooLarge) return nullptr;
  const Block block = blocks.allocate(kData + words);
  if (!block) return nullptr;
  block.begin[kNext] = block.begin[kRoot] = block.begin[kOffHeap] = block.begin[kMore] = 0;
  block.begin[kWords] = block.words;
  return block.begin;
}

bool holds(Word word, AddressRange area) noexcept {
  return Term{word}.is_pointer() && area.contains(word);
}

// Calls `visit(Word& slot)` for the root and every slot of the data that points into `area`.
template <class Visit>
void for_each_literal(Word* message, AddressRange area, Visit visit) noexcept {
  if (holds(message[kRoot], area)) visit(message[kRoot]);
  for (Word* block = message; block != nullptr; block = block_at(block[kMore])) {
    for (Word* at = block + kData; at < block + block[kWords];) {
      if (is_header(*at)) {
        at += is_tuple_header(*at) ? 1 : thing_words(*at);
      } else {
        if (holds(*at, area)) visit(*at);
        ++at;
      }
    }
  }
}

}  // namespace

void MessageList::append(Word* message) noexcept {
  message[kNext] = 0;
  if (last == nullptr) {
    first = message;
  } else {
    last[kNext] = reinterpret_cast<Word>(message);
  }
  last = message;
}

void MessageList::prepend(MessageList other) noexcept {
  if (other.empty()) return;
  other.last[kNext] = reinterpret_cast<Word>(first);
  first = other.first;
  if (last == nullptr) last = other.last;
}

Word* MessageList::take() noexcept {
  Word* message = first;
  if (message == nullptr) return nullptr;
  first = block_at(message[kNext]);
  if (first == nullptr) last = nullptr;
  return message;
}

Word* next_message(const Word* message) noexcept { return block_at(message[kNext]); }

Result<Word*> make_message(Term term, AddressRange literals, const AddressRange* released,
                           BlockResource& blocks) noexcept {
  const std::size_t words = copied_words(term, literals, released);
  Word* message = make_block(words, blocks);
  if (message == nullptr) return Error{"no memory for a message", Error::kNowhere, words};
  Word* top = message + kData;
  Word* off_heap = nullptr;
  message[kRoot] = copy_term(term, literals, released, top, off_heap).word;
  message[kOffHeap] = reinterpret_cast<Word>(off_heap);
  return message;
}

void release_message(Word* message, BlockResource& blocks) noexcept {
  release_off_heap(block_at(message[kOffHeap]));
  while (message != nullptr) {
    Word* more = block_at(message[kMore]);
    blocks.release({message, message[kWords]});
    message = more;
  }
}

void release_messages(MessageList& list, BlockResource& blocks) noexcept {
  while (Word* message = list.take()) release_message(message, blocks);
}

Result<Term> receive_message(const Word* message, const AddressRange* released,
                             Process& process) noexcept {
  const Term root{message[kRoot]};
  const std::size_t words = copied_words(root, process.literals, released);
  if (words > process.room()) {
    const auto collected = collect(process, words);
    if (!collected) return collected.error();
    if (process.killed) return Error{"the process was killed"};
  }
  const Word* known = process.off_heap;
  const Term term = copy_term(root, process.literals, released, process.htop, process.off_heap);
  process.virtual_heap.young += virtual_words(process.off_heap, known);
  return term;
}

Result<std::size_t> copy_literals_of_message(Word* message, AddressRange literals,
                                             AddressRange area, BlockResource& blocks) noexcept {
  std::size_t words = 0;
  std::size_t references = 0;
  for_each_literal(message, area, [&](const Word& slot) {
    const std::size_t more = copied_words(Term{slot}, literals, &area);
    words = more > kTooLarge - words ? kTooLarge + 1 : words + more;
    ++references;
  });
  if (references == 0) return std::size_t{0};
  Word* block = make_block(words, blocks);
  if (block == nullptr) return Error{"no memory for a message", Error::kNowhere, words};
  Word* top = block + kData;
  Word* off_heap = block_at(message[kOffHeap]);
  for_each_literal(message, area, [&](Word& slot) {
    slot = copy_term(Term{slot}, literals, &area, top, off_heap).word;
  });
  message[kOffHeap] = reinterpret_cast<Word>(off_heap);
  block[kMore] = message[kMore];
  message[kMore] = reinterpret_cast<Word>(block);
  return words;
}

}  // namespace beam
