// A process as its memory: one young block with the heap growing up and the stack growing down, an
// old block, heap fragments, a dictionary, a message queue, and what hangs outside of the heap.
//
//   young.begin        high_water      htop            stop            young.end()
//   | survived one GC  | since then    | free          | stack         |
//
//   old.begin          old_htop        old.end()
//   | tenured          | free          |
//
// Invariants: begin <= high_water <= htop <= stop <= end, old.begin <= old_htop <= old.end().
// Between collections every word in [begin, htop) and [old.begin, old_htop) belongs to a whole
// object; the old heap has no pointer into the young heap, and nothing below high_water points
// above it or, unless the next collection is major, into a fragment. The off-heap list holds every
// object of heaps and fragments that owns something outside, those of the old heap last. Source:
// OTP 25, erts/emulator/beam/erl_process.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/block_resource.hpp"
#include "engine/heap/block_sizes.hpp"
#include "engine/heap/heap_fragment.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/virtual_heap.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Words that must stay free between heap and stack: one return address and the red zone of the JIT
// (S_RESERVED, erts/emulator/beam/erl_vm.h and jit/x86).
inline constexpr std::size_t kReservedStackWords = 4;

struct ProcessOptions {
  std::size_t min_heap_words = kDefaultMinHeapWords;  // a block size; spawn() rounds it up to one
  std::uint64_t fullsweep_after = 65535;              // minor collections between two major ones
  std::size_t max_heap_words = 0;                     // 0: no limit
  // A block size of binaries off the heap; spawn() rounds it up to one.
  std::uint64_t min_virtual_words = kDefaultMinVirtualWords;
  const BlockRules* rules = &kOtp25Blocks;  // outlives the process
  bool kill_above_max = true;               // exceeding max_heap_words kills the process
  bool off_heap_messages = false;  // message_queue_data: queued messages stay beside the heap
};

class Process {
 public:
  // A new process with an empty heap that has room for `need` words; `literals` is the range in
  // which pointers are literals. `blocks` outlives the process. Error: no memory.
  [[nodiscard]] static Result<Process> spawn(BlockResource& blocks, AddressRange literals,
                                             ProcessOptions options = {},
                                             std::size_t need = 0) noexcept;

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  // `words` heap words, or null when they do not fit beside the stack: then a collection is due
  // (gc/collect.hpp). The caller fills them with whole objects before the next collection.
  [[nodiscard]] Word* allocate(std::size_t words) noexcept {
    if (words > room()) return nullptr;
    Word* at = htop;
    htop += words;
    return at;
  }
  // Words that allocate() can still give.
  [[nodiscard]] std::size_t room() const noexcept {
    const auto gap = static_cast<std::size_t>(stop - htop);
    return gap > kReservedStackWords ? gap - kReservedStackWords : 0;
  }
  // `words` heap words as a built-in function gets them, which cannot collect: where they do not
  // fit they are a fragment, and a collection may be due. Null: no memory.
  [[nodiscard]] Word* allocate_or_fragment(std::size_t words) noexcept;
  // Whether the runtime would collect when it next runs the process: fragments outgrow the free
  // space, or binaries their virtual heap.
  [[nodiscard]] bool collection_due() const noexcept {
    return static_cast<std::size_t>(stop - htop) < fragment_words ||
           virtual_heap.young > virtual_heap.young_limit;
  }
  // Puts `object`, new in the young heap or in a fragment, on the off-heap list and counts what it
  // owns.
  void own(Word* object) noexcept;
  // Takes over a list of fragments, with what their off-heap lists hold.
  void adopt_fragments(HeapFragment* first_fragment) noexcept;
  // Frees all fragments, which nothing points at any more.
  void release_own_fragments() noexcept;
  // Pushes a root. False: no room, a collection is due.
  [[nodiscard]] bool push(Term term) noexcept {
    if (room() == 0) return false;
    *--stop = term.word;
    return true;
  }
  void pop(std::size_t count = 1) noexcept { stop += count; }
  // The stack slot `index` words from its top.
  [[nodiscard]] Term& stack_term(std::size_t index) noexcept {
    return *reinterpret_cast<Term*>(stop + index);
  }

  // Gives back everything it has, as when it exits; it must not be used afterwards.
  void free_heaps() noexcept;

  // Adds a slot to the dictionary. Error: no memory.
  [[nodiscard]] Result<Unit> put_dictionary(Term term) noexcept;

  // Marks the process killed if a heap of `words` exceeds its limit and that kills; returns
  // `killed`.
  [[nodiscard]] bool dies_of(std::size_t words) noexcept {
    if (words > most_words_judged) most_words_judged = words;
    const bool exceeds = options.max_heap_words != 0 && words > options.max_heap_words;
    if (exceeds && options.kill_above_max) killed = true;
    return killed;
  }

  [[nodiscard]] std::size_t used_words() const noexcept {
    return static_cast<std::size_t>(htop - young.begin);
  }
  // Words that survived a collection: below high_water.
  [[nodiscard]] std::size_t mature_words() const noexcept {
    return static_cast<std::size_t>(high_water - young.begin);
  }
  [[nodiscard]] std::size_t old_used_words() const noexcept {
    return static_cast<std::size_t>(old_htop - old.begin);
  }
  [[nodiscard]] std::size_t stack_words() const noexcept {
    return static_cast<std::size_t>(young.end() - stop);
  }
  // Words attached to queued messages, where those count as heap: in an on_heap queue. Linear in
  // the queue.
  [[nodiscard]] std::size_t attached_words() const noexcept;
  // Of these, what a collection moves onto the heap: combined messages stay.
  [[nodiscard]] std::size_t moving_attached_words() const noexcept;
  // Words that a collection finds in the young generation: heap, fragments, attached data.
  [[nodiscard]] std::size_t young_usage() const noexcept {
    return used_words() + fragment_words + moving_attached_words();
  }
  // What process_info(P, total_heap_size) reports.
  [[nodiscard]] std::size_t total_heap_words() const noexcept {
    return young.words + old.words + fragment_words + attached_words();
  }
  [[nodiscard]] AddressRange young_range() const noexcept {
    return {reinterpret_cast<Word>(young.begin), used_words() * kWordBytes};
  }
  [[nodiscard]] AddressRange old_range() const noexcept {
    return {reinterpret_cast<Word>(old.begin), old_used_words() * kWordBytes};
  }

  // Memory. Collectors and strategies work on these directly.
  BlockResource* blocks;
  AddressRange literals;
  Block young;
  Word* htop = nullptr;
  Word* stop = nullptr;
  Word* high_water = nullptr;
  Block old;
  Word* old_htop = nullptr;
  Word* off_heap = nullptr;
  HeapFragment* fragments = nullptr;
  std::size_t fragment_words = 0;
  MessageQueue messages;
  Block dictionary;
  std::size_t dictionary_size = 0;

  // State of the sizing rules.
  ProcessOptions options;
  VirtualHeap virtual_heap;
  // The largest heap that its limit was held against, if it has one or not: of a process that was
  // not killed, the least limit under which it does the same.
  std::size_t most_words_judged = 0;
  std::uint32_t minor_collections = 0;  // since the last major one (gen_gcs)
  bool grow_next = false;               // F_HEAP_GROW: the last major left it more than 75% full
  bool need_fullsweep = false;          // the next collection is major
  bool killed = false;                  // exceeded max_heap_words; its heap is as it was
  bool hibernated = false;              // since then not collected (gc/hibernate.hpp)

 private:
  Process(BlockResource& resource, AddressRange literal_range, ProcessOptions given) noexcept
      : blocks(&resource), literals(literal_range), options(given) {}
  void swap(Process& other) noexcept;
};

// A node has a million of them beside their heaps.
static_assert(sizeof(Process) <= 256);

}  // namespace beam
