#include "engine/heap/process.hpp"

#include <algorithm>
#include <utility>

#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

constexpr std::size_t kFirstDictionaryWords = 10;

template <class Counts>
std::size_t attached_words_if(const MessageQueue& queue, Counts counts) noexcept {
  std::size_t words = 0;
  for (const Message* message = queue.first; message != nullptr; message = message->next) {
    if (counts(*message)) words += words_of(message->attached);
  }
  return words;
}

}  // namespace

Result<Process> Process::spawn(BlockResource& blocks, AddressRange literals, ProcessOptions options,
                               std::size_t need) noexcept {
  options.min_heap_words = options.rules->next(options.min_heap_words);
  options.min_virtual_words = next_block_words(options.min_virtual_words);
  const std::size_t words =
      std::max(options.min_heap_words, options.rules->next(need + kReservedStackWords));
  Process process(blocks, literals, options);
  process.virtual_heap.young_limit = options.min_virtual_words;
  process.virtual_heap.old_limit = options.min_virtual_words;
  process.young = blocks.allocate(words);
  if (!process.young)
    return Error{"no memory for a process's heap", Error::kNowhere, {words, "{} words"}};
  process.htop = process.young.begin;
  process.high_water = process.young.begin;
  process.stop = process.young.end();
  *--process.stop = kNil.word;  // the frame below the first call
  return process;
}

Process::Process(Process&& other) noexcept : Process(*other.blocks, other.literals, other.options) {
  swap(other);
}

Process& Process::operator=(Process&& other) noexcept {
  Process moved(std::move(other));
  swap(moved);
  return *this;
}

Process::~Process() { free_heaps(); }

void Process::free_heaps() noexcept {
  release_off_heap(std::exchange(off_heap, nullptr));
  release_own_fragments();
  release_messages(*blocks, std::exchange(messages, {}).first);
  blocks->release(std::exchange(young, Block{}));
  blocks->release(std::exchange(old, Block{}));
  blocks->release(std::exchange(dictionary, Block{}));
  htop = high_water = stop = old_htop = nullptr;
  dictionary_size = 0;
}

Word* Process::allocate_or_fragment(std::size_t words) noexcept {
  if (Word* at = allocate(words)) return at;
  HeapFragment* fragment = make_fragment(*blocks, words);
  if (fragment == nullptr) return nullptr;
  adopt_fragments(fragment);
  return fragment->words();
}

void Process::own(Word* object) noexcept {
  link_off_heap(object, off_heap);
  virtual_heap.young += virtual_words(object);
}

void Process::adopt_fragments(HeapFragment* first_fragment) noexcept {
  while (first_fragment != nullptr) {
    HeapFragment* const fragment = std::exchange(first_fragment, first_fragment->next);
    for (Word* object = std::exchange(fragment->off_heap, nullptr); object != nullptr;) {
      Word* const next = next_off_heap(object);
      own(object);
      object = next;
    }
    fragment->next = std::exchange(fragments, fragment);
    fragment_words += fragment->used_words;
  }
}

void Process::release_own_fragments() noexcept {
  release_fragments(*blocks, std::exchange(fragments, nullptr));
  fragment_words = 0;
}

std::size_t Process::attached_words() const noexcept {
  return options.off_heap_messages
             ? 0
             : attached_words_if(messages, [](const Message&) { return true; });
}

std::size_t Process::moving_attached_words() const noexcept {
  return options.off_heap_messages ? 0 : attached_words_if(messages, [](const Message& message) {
    return !message.is_combined();
  });
}

Result<Unit> Process::put_dictionary(Term term) noexcept {
  if (dictionary_size == dictionary.words) {
    const std::size_t words = std::max(kFirstDictionaryWords, 2 * dictionary.words);
    const Block grown = dictionary ? blocks->resize(dictionary, words) : blocks->allocate(words);
    if (!grown)
      return Error{"no memory for a process dictionary", Error::kNowhere, {words, "{} words"}};
    dictionary = grown;
  }
  dictionary.begin[dictionary_size++] = term.word;
  return Unit{};
}

void Process::swap(Process& other) noexcept {
  std::swap(blocks, other.blocks);
  std::swap(literals, other.literals);
  std::swap(young, other.young);
  std::swap(htop, other.htop);
  std::swap(stop, other.stop);
  std::swap(high_water, other.high_water);
  std::swap(old, other.old);
  std::swap(old_htop, other.old_htop);
  std::swap(off_heap, other.off_heap);
  std::swap(fragments, other.fragments);
  std::swap(fragment_words, other.fragment_words);
  std::swap(messages, other.messages);
  std::swap(dictionary, other.dictionary);
  std::swap(dictionary_size, other.dictionary_size);
  std::swap(options, other.options);
  std::swap(virtual_heap, other.virtual_heap);
  std::swap(most_words_judged, other.most_words_judged);
  std::swap(minor_collections, other.minor_collections);
  std::swap(grow_next, other.grow_next);
  std::swap(need_fullsweep, other.need_fullsweep);
  std::swap(killed, other.killed);
  std::swap(hibernated, other.hibernated);
}

}  // namespace beam
