#include "engine/heap/process.hpp"

#include <algorithm>
#include <utility>

#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

constexpr std::size_t kFirstDictionaryWords = 10;

}  // namespace

Result<Process> Process::spawn(BlockResource& blocks, AddressRange literals, ProcessOptions options,
                               std::size_t need) noexcept {
  options.min_heap_words = next_block_words(options.min_heap_words);
  const std::size_t words =
      std::max(options.min_heap_words, next_block_words(need + kReservedStackWords));
  Process process(blocks, literals, options);
  process.young = blocks.allocate(words);
  if (!process.young) return Error{"no memory for a process's heap", Error::kNowhere, words};
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
  blocks->release(std::exchange(young, Block{}));
  blocks->release(std::exchange(old, Block{}));
  blocks->release(std::exchange(dictionary, Block{}));
  htop = high_water = stop = old_htop = nullptr;
  dictionary_size = 0;
}

Result<Unit> Process::put_dictionary(Term term) noexcept {
  if (dictionary_size == dictionary.words) {
    const std::size_t words = std::max(kFirstDictionaryWords, 2 * dictionary.words);
    const Block grown = dictionary ? blocks->resize(dictionary, words) : blocks->allocate(words);
    if (!grown) return Error{"no memory for a process dictionary", Error::kNowhere, words};
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
  std::swap(dictionary, other.dictionary);
  std::swap(dictionary_size, other.dictionary_size);
  std::swap(options, other.options);
  std::swap(minor_collections, other.minor_collections);
  std::swap(grow_next, other.grow_next);
  std::swap(need_fullsweep, other.need_fullsweep);
  std::swap(killed, other.killed);
  std::swap(hibernated, other.hibernated);
}

}  // namespace beam
