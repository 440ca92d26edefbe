// The state of a process's heap after a step: the values that a real BEAM reports and that the
// model must match.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bench::validate {

// `result` is that of the step: 1 if a reload loaded, a purge killed, a soft purge purged; else 0.
// In the order in which the driver writes them; words, where not a count or bytes (memory). The
// names are those of process_info(Pid, garbage_collection_info).
inline constexpr std::array<std::string_view, 16> kQuantities = {"alive",
                                                                 "total_heap_size",
                                                                 "heap_block_size",
                                                                 "heap_size",
                                                                 "old_heap_block_size",
                                                                 "old_heap_size",
                                                                 "recent_size",
                                                                 "stack_size",
                                                                 "mbuf_size",
                                                                 "minor_gcs",
                                                                 "bin_vheap_size",
                                                                 "bin_vheap_block_size",
                                                                 "bin_old_vheap_size",
                                                                 "bin_old_vheap_block_size",
                                                                 "memory",
                                                                 "result"};

// All 0 if the process is dead.
struct HeapReading {
  std::array<std::uint64_t, kQuantities.size()> values{};

  friend bool operator==(const HeapReading&, const HeapReading&) = default;
};

}  // namespace bench::validate
