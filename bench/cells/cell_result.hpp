// The measurements of one invocation of a cell. Members are named like the keys of result rows;
// times are in ns, memory in bytes, heaps in words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "allocators/statistics.hpp"
#include "bench/cells/provenance.hpp"

namespace bench::cells {

// A quantity that may differ between processes.
struct Spread {
  std::uint64_t value = 0;  // of the first process
  std::uint64_t min = 0;
  std::uint64_t max = 0;

  friend bool operator==(const Spread&, const Spread&) = default;
};

// Deterministic: the same for a seed under every allocator, invocation and machine.
struct CellCounters {
  std::uint64_t area_words = 0;
  Spread held_words;  // of one holder
  std::uint64_t scanned_words = 0;
  std::uint64_t copied_words = 0;          // moved by ordinary collections
  std::uint64_t copied_literal_words = 0;  // placed in heaps
  std::uint64_t temp_copied_words = 0;
  std::uint64_t marked_words = 0;  // found reachable before anything was copied
  std::uint64_t table_words = 0;   // of marks and forwarding beside the area: most for one process
  std::uint64_t allocations = 0;   // blocks allocated during one purge
  std::uint64_t killed = 0;
  std::uint64_t pause_samples = 0;
  std::uint64_t area_bytes = 0;
  std::uint64_t reserved_before = 0;
  std::uint64_t reserved_after = 0;
  std::uint64_t reserved_peak = 0;
  std::uint64_t live_after = 0;  // bytes in use by all processes: heaps and stacks
  Spread heap_words_before;
  Spread heap_words_after;
  Spread heap_words_settled;
  Spread bystander_heap_words_after;
  // Of the largest dead holder, if there are any.
  std::optional<std::uint64_t> dead_heap_words_before = std::nullopt;
  std::optional<std::uint64_t> dead_heap_words_after = std::nullopt;
};

// A reading after a --settle wait.
struct SettledReading {
  std::uint64_t settle_ms = 0;
  std::uint64_t resident = 0;
};

struct CellTimes {
  std::uint64_t purge_ns = 0;  // wall: from the purge call until the area is freed
  std::uint64_t cpu_ns = 0;
  std::uint64_t scan_ns = 0;
  std::uint64_t gc_ns = 0;
  std::uint64_t copy_ns = 0;
  std::uint64_t release_ns = 0;
  std::uint64_t pause_p50_ns = 0;
  std::optional<std::uint64_t> pause_p99_ns;  // only with 100 samples or more
  std::uint64_t pause_max_ns = 0;
  std::uint64_t bystander_pause_p50_ns = 0;
  std::uint64_t bystander_pause_max_ns = 0;
  std::optional<std::uint64_t> dead_pause_p50_ns = std::nullopt;  // of dead holders, if any
  std::optional<std::uint64_t> dead_pause_max_ns = std::nullopt;
  std::uint64_t spawn_ns = 0;     // of creating all processes, outside the window
  std::uint64_t lines_ns = 0;     // of reading one cache line of each process's block
  std::uint64_t teardown_ns = 0;  // of freeing all processes
  std::uint64_t floor_ns = 0;
  double efficiency = 0;  // floor / measured
};

struct CellMemory {
  std::uint64_t resident_base = 0;    // RssAnon before the first process exists
  std::uint64_t resident_before = 0;  // RssAnon
  std::uint64_t resident_after = 0;
  std::uint64_t resident_peak = 0;
  std::vector<SettledReading> resident_settled;
  std::uint64_t resident_collected = 0;  // after collecting all holders
  std::uint64_t resident_trimmed = 0;    // after asking the allocator to return memory
  // (resident_after - resident_base - kept temporary memory) / live_after.
  double fragmentation = 0;
  // Address space, touched or not: VmSize read with resident_before and resident_after, and VmPeak,
  // which covers the child's whole life including setup. All three include the mappings of the
  // harness, above all the reserved literal space (literal_space_bytes); the growth does not.
  std::uint64_t virtual_before = 0;
  std::uint64_t virtual_after = 0;
  std::uint64_t virtual_peak = 0;
  std::optional<std::uint64_t> group_peak;  // of the control group, including other processes
  std::uint64_t minor_faults = 0;
  allocators::Statistics allocator_after;  // read with resident_after
};

struct CellResult {
  bool failed = false;
  std::string error_message;
  bool skipped = false;
  std::string skip_message;
  std::uint64_t predicted_bytes = 0;

  Provenance provenance;
  std::uint64_t rounds = 0;
  std::string allocator_version;
  std::string allocator_path;
  std::string allocator_build_id;                    // or "sha256:.." for a library without one
  std::map<std::string, std::string> allocator_env;  // tuning variables and values
  std::string module_name;                           // of a module cell
  std::string module_hash;                           // SHA-256 of its file
  CellCounters counters;
  CellTimes times;
  CellMemory memory;
};

// Whether it has figures.
[[nodiscard]] inline bool ran(const CellResult& result) {
  return !result.failed && !result.skipped;
}

}  // namespace bench::cells
