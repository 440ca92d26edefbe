// Does a process hold anything of an area? The scan that every purge does on every process.
//
// Order and stop rule are the runtime's (erts/emulator/beam/erl_proc_sig_queue.c and
// beam_bif_load.c, any_heap_refs): stack, young heap, old heap, dictionary, fragments; the first
// hit ends it. Queued messages are not looked at (purge/message_literals.hpp). Garbage counts: what
// still lies in the heap is a reference.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/heap/process.hpp"

namespace beam {

struct HeapScan {
  bool found = false;
  std::size_t scanned_words = 0;  // up to and including the word that hit

  friend bool operator==(const HeapScan&, const HeapScan&) = default;
};

[[nodiscard]] HeapScan scan_for_literals(const Process& process, AddressRange area) noexcept;

// The first of `count` words, whole objects, that is a pointer into `area`; null if none is. Raw
// data that looks like one does not count. All of them: purge/next_literal.hpp.
[[nodiscard]] const Word* find_literal(const Word* words, std::size_t count,
                                       AddressRange area) noexcept;

// The same by walking word by word: what find_literal() must agree with, and is measured against.
[[nodiscard]] const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                                  AddressRange area) noexcept;

}  // namespace beam
