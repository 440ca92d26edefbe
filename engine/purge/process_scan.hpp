// What every purge does to every process before anything else: queued messages get copies of the
// literals that they refer to, then the process's own memory is scanned for the areas.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/process.hpp"
#include "engine/purge/purge_work.hpp"

namespace beam {

// A scan looks for one reference, which makes its process a holder, or for all of them.
enum class ScanDepth { kFirstHit, kEverySlot };

struct HeapScan {
  bool found = false;
  std::size_t scanned_words = 0;  // up to and including the word that hit

  friend bool operator==(const HeapScan&, const HeapScan&) = default;
};

// Does the process hold anything of `areas`, apart from its queued messages?
//
// Order and stop rule are the runtime's (erts/emulator/beam/erl_proc_sig_queue.c and
// beam_bif_load.c, any_heap_refs): stack, young heap, old heap, dictionary, fragments; the first
// hit ends it. Garbage counts: a dead object that is still in the heap is a reference.
[[nodiscard]] HeapScan scan_for_literals(const Process& process, AddressRanges areas) noexcept;

// A word of a process that points into an area: a root, a term in an object, or what a match state
// matches.
class LiteralSlot {
 public:
  LiteralSlot() = default;
  // NOLINTNEXTLINE(readability-non-const-parameter): the word is written through the slot.
  LiteralSlot(Word* at, bool in_match_state) noexcept
      : bits_(reinterpret_cast<Word>(at) | (in_match_state ? 1U : 0U)) {}

  [[nodiscard]] Word* at() const noexcept {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a pointer to a word has three free bits.
    return reinterpret_cast<Word*>(bits_ & ~Word{1});
  }
  // The word is the binary of a match state, which has the address of the binary's bytes, too.
  [[nodiscard]] bool in_match_state() const noexcept { return (bits_ & 1) != 0; }
  // Makes the slot point at a copy of what it pointed at.
  void point_at(Word copy) const noexcept;

 private:
  Word bits_ = 0;
};

// Every slot of the process that points into `areas`, its queued messages' data apart: what
// scan_for_literals() looks through, and the roots that on-heap messages are. Returns the words
// looked at. Error: no memory for the list.
[[nodiscard]] Result<std::size_t> find_literal_slots(const Process& process, AddressRanges areas,
                                                     MappedArray<LiteralSlot>& slots) noexcept;

// The first of `count` words, whole objects, that is a pointer into `area`; null if none is. Raw
// data that looks like one does not count. All of them: purge/next_literal.hpp.
[[nodiscard]] const Word* find_literal(const Word* words, std::size_t count,
                                       AddressRange area) noexcept;

// The same by walking word by word: what find_literal() must agree with, and is measured against.
[[nodiscard]] const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                                  AddressRange area) noexcept;

struct MessageLiterals {
  std::size_t scanned_words = 0;  // a message's term and its fragments
  std::size_t copied_words = 0;
};

// Removes every reference into `areas` from the messages of `queue`; their fragments come from
// `blocks`.
//
// A message that refers to an area, by its term or from its fragments, gets copies of those
// literals in one more fragment behind its others, one copy for each reference: nothing is shared.
// Both kinds of queue are handled, without a collection. Message data on the receiver's heap
// belongs to that heap, whose scan finds it; only the message's own term is looked at. Source: OTP
// 25, handle_cla, erts/emulator/beam/erl_proc_sig_queue.c. Error: no memory; the messages before
// the one that failed are done.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(MessageQueue& queue,
                                                            AddressRange literals,
                                                            AddressRanges areas,
                                                            BlockResource& blocks) noexcept;
// The same for the queue of a process.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(Process& process,
                                                            AddressRanges areas) noexcept;

// What a purge searches every process for.
struct LiteralSearch {
  AddressRanges areas;
  ScanDepth depth = ScanDepth::kFirstHit;
  AddressRange literals;  // of the node
};

struct ProcessHits {
  bool found = false;
  std::span<const LiteralSlot> slots;  // kEverySlot: all of them
};

// The part of a purge that is the same whatever the strategy: rids the queued messages of the
// process of the areas and scans its heap. With kEverySlot, `slots` is filled and what is returned
// refers to it. Adds to `work`. Error: no memory.
[[nodiscard]] Result<ProcessHits> search_process(Process& process, const LiteralSearch& search,
                                                 PurgeObserver& observer,
                                                 MappedArray<LiteralSlot>& slots,
                                                 PurgeWork& work) noexcept;

}  // namespace beam
