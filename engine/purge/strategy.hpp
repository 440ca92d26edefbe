// What frees processes of the literals of areas that go away: a strategy, and the purge it makes.
//
//   Purge* = strategy.begin(areas)      the purge may have state of its own, for each worker too
//     for each process:                 the driver searches it (purge/process_scan.hpp)
//       purge.visit(process, hits)      only if the scan hit
//   ~Purge                              every process has answered
//
// The driver is a node or its schedulers (node/), and the same for all strategies. Every strategy
// leaves all terms equal, the sharing inside a process as it was, and no pointer into the areas in
// any slot, live or garbage. One strategy is one file (purge/<name>.cpp) and one line in the list
// (purge/strategies.hpp).
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/area_batch.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/purge/purge_work.hpp"

namespace beam {

// What a purge releases, and how many work on it at once. All of it outlives the purge.
struct PurgeScope {
  const AreaBatch& areas;
  std::size_t workers = 1;
};

// Who works on a process: one of the scope's workers, on a thread of its own.
struct PurgeWorker {
  std::size_t number = 0;  // from 0
  BlockResource& temp;     // serves temporary copies
  PurgeObserver& observer;
};

class Purge {
 public:
  Purge() = default;
  Purge(const Purge&) = delete;
  Purge& operator=(const Purge&) = delete;
  virtual ~Purge() = default;

  // Frees `process`, in which the scan hit, of every reference into the areas; its queued messages
  // have none. Called for a process once, by several workers at a time. Error: no memory; the
  // process is whole but may still hold literals.
  [[nodiscard]] virtual Result<PurgeWork> visit(Process& process, const ProcessHits& hits,
                                                const PurgeWorker& worker) noexcept = 0;
};

// Room for one purge, so that none comes from the allocator that is being measured.
class PurgeBox {
 public:
  PurgeBox() = default;
  PurgeBox(const PurgeBox&) = delete;
  PurgeBox& operator=(const PurgeBox&) = delete;
  ~PurgeBox() {
    if (purge_ != nullptr) std::destroy_at(purge_);
  }

  // At most one.
  template <class Made, class... Given>
  Made& make(Given&&... given) noexcept {
    static_assert(sizeof(Made) <= kBytes);
    static_assert(alignof(Made) <= kAlignment);
    auto* const made = new (&room_) Made(std::forward<Given>(given)...);
    purge_ = made;
    return *made;
  }

 private:
  static constexpr std::size_t kBytes = 256;
  static constexpr std::size_t kAlignment = 64;

  alignas(kAlignment) std::byte room_[kBytes];
  Purge* purge_ = nullptr;
};

// What a purge of one holder may need at most. In words.
struct HolderNeeds {
  std::size_t kept_words = 0;       // the holder has afterwards, beside its young block
  std::size_t temporary_words = 0;  // for each worker: beside what a collection needs
  std::size_t moved_words = 0;      // roughly, to plan how often a purge is measured
};

class PurgeStrategy {
 public:
  PurgeStrategy() = default;
  PurgeStrategy(const PurgeStrategy&) = delete;
  PurgeStrategy& operator=(const PurgeStrategy&) = delete;
  virtual ~PurgeStrategy() = default;

  // How much of a process's references the scan looks for.
  [[nodiscard]] virtual ScanDepth scan_depth() const noexcept { return ScanDepth::kFirstHit; }
  // The purge of `scope`, in `box`. Error: no memory, and nothing changed.
  [[nodiscard]] virtual Result<Purge*> begin(PurgeBox& box,
                                             const PurgeScope& scope) const noexcept = 0;
  // For a holder that reaches `reached_words` of areas of `area_words` together.
  [[nodiscard]] virtual HolderNeeds needs(std::size_t area_words,
                                          std::size_t reached_words) const noexcept = 0;
};

}  // namespace beam
