// What is seen of a purge from outside: its phases as they begin, and the work that it did.
#pragma once

#include <cstddef>

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
  std::size_t marked_words = 0;          // found reachable, before anything was copied
  std::size_t table_words = 0;           // of tables beside the area: the most for one process

  void add(const PurgeWork& other) noexcept {
    holders += other.holders;
    killed += other.killed;
    scanned_words += other.scanned_words;
    copied_words += other.copied_words;
    copied_literal_words += other.copied_literal_words;
    temp_copied_words += other.temp_copied_words;
    marked_words += other.marked_words;
    if (other.table_words > table_words) table_words = other.table_words;
  }
  friend bool operator==(const PurgeWork&, const PurgeWork&) = default;
};

}  // namespace beam
