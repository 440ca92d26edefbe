// What a purge does to each process that may hold literals of the area that goes away.
//
// Every strategy leaves all terms equal and no pointer into the area in any slot, live or garbage.
// One strategy is one file (purge/<name>.cpp) and one line in the list (purge/strategies.hpp).
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/purge/process_scan.hpp"

namespace beam {

// The parts of a purge that are timed apart.
enum class PurgePhase { kScan, kCollect, kCopy, kRelease };
inline constexpr std::size_t kPurgePhases = 4;

// Called when work on a process begins, enters a phase, and ends. The engine reads no clock.
class PurgeObserver {
 public:
  PurgeObserver() = default;
  PurgeObserver(const PurgeObserver&) = delete;
  PurgeObserver& operator=(const PurgeObserver&) = delete;
  virtual ~PurgeObserver() = default;

  virtual void process_begins(std::size_t) noexcept {}
  virtual void phase_begins(PurgePhase) noexcept {}
  virtual void process_ends(std::size_t) noexcept {}
};

// The work of a purge in one process, or in all of them together. In words.
struct PurgeWork {
  std::size_t holders = 0;  // processes in which the scan hit
  std::size_t killed = 0;   // exceeded their max_heap_words on the way
  std::size_t scanned_words = 0;
  std::size_t copied_words = 0;          // moved by ordinary collections
  std::size_t copied_literal_words = 0;  // placed in heaps
  std::size_t temp_copied_words = 0;     // copied to temporary memory

  void add(const PurgeWork& other) noexcept {
    holders += other.holders;
    killed += other.killed;
    scanned_words += other.scanned_words;
    copied_words += other.copied_words;
    copied_literal_words += other.copied_literal_words;
    temp_copied_words += other.temp_copied_words;
  }
  friend bool operator==(const PurgeWork&, const PurgeWork&) = default;
};

// One area's purge, as a strategy sees it.
struct PurgeContext {
  const LiteralArea& area;
  BlockResource& temp;  // serves temporary copies of the area
  PurgeObserver& observer;
  // The result of scan_for_literals(), if it and copy_message_literals() were already done; null if
  // not.
  const HeapScan* known_scan = nullptr;
};

class PurgeStrategy {
 public:
  PurgeStrategy() = default;
  PurgeStrategy(const PurgeStrategy&) = delete;
  PurgeStrategy& operator=(const PurgeStrategy&) = delete;
  virtual ~PurgeStrategy() = default;

  // Frees `process` of every reference into the area. Error: no memory; the process is whole but
  // may still hold literals.
  [[nodiscard]] virtual Result<PurgeWork> purge_process(Process& process,
                                                        PurgeContext context) const noexcept = 0;
};

}  // namespace beam
