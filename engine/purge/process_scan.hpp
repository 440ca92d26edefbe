// What every purge does to every process before anything else: queued messages get copies of the
// literals that they refer to, then the process's own memory is scanned for the area.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/message.hpp"
#include "engine/heap/process.hpp"

namespace beam {

struct HeapScan {
  bool found = false;
  std::size_t scanned_words = 0;  // up to and including the word that hit

  friend bool operator==(const HeapScan&, const HeapScan&) = default;
};

// Does the process hold anything of the area, apart from its queued messages?
//
// Order and stop rule are the runtime's (erts/emulator/beam/erl_proc_sig_queue.c and
// beam_bif_load.c, any_heap_refs): stack, young heap, old heap, dictionary, fragments; the first
// hit ends it. Garbage counts: a dead object that is still in the heap is a reference.
[[nodiscard]] HeapScan scan_for_literals(const Process& process, AddressRange area) noexcept;

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

// Removes every reference into `area` from the messages of `queue`; their fragments come from
// `blocks`.
//
// A message that refers to the area, by its term or from its fragments, gets copies of those
// literals in one more fragment behind its others, one copy for each reference: nothing is shared.
// Both kinds of queue are handled, without a collection. Message data on the receiver's heap
// belongs to that heap, whose scan finds it; only the message's own term is looked at. Source: OTP
// 25, handle_cla, erts/emulator/beam/erl_proc_sig_queue.c. Error: no memory; the messages before
// the one that failed are done.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(MessageQueue& queue,
                                                            AddressRange literals,
                                                            AddressRange area,
                                                            BlockResource& blocks) noexcept;
// The same for the queue of a process.
[[nodiscard]] Result<MessageLiterals> copy_message_literals(Process& process,
                                                            AddressRange area) noexcept;

}  // namespace beam
