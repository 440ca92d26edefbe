// The allocators of a node that a purge meets: heaps and temporary copies, of ordinary schedulers
// and of dirty ones, each pair with its cache of segments.
//
// In the runtime every scheduler has allocators of its own, and dirty schedulers share one more
// pair. A collection of a large heap runs dirty: its new blocks come from there, and those that it
// frees go back to the pair they came from. Here all ordinary schedulers share one pair, behind a
// lock.
#pragma once

#include <atomic>
#include <cstddef>

#include "allocators/erts_blocks.hpp"
#include "allocators/page_source.hpp"
#include "engine/heap/block_resource.hpp"

namespace allocators {

class ErtsNode {
 public:
  // Words that make a collection run on a dirty scheduler: twice what is used on the heap and, when
  // literals are copied, the whole area (OTP 25, erts/emulator/beam/erl_gc.c,
  // ERTS_POTENTIALLY_LONG_GC_HSIZE).
  static constexpr std::size_t kDirtyWords = 128 * 1024;

  ErtsNode() noexcept;

  [[nodiscard]] beam::BlockResource& heaps() noexcept { return heaps_; }
  // Temporary copies of areas.
  [[nodiscard]] beam::BlockResource& temp() noexcept { return temp_; }

  // Whose allocators serve from now on.
  void run_dirty(bool dirty) noexcept { dirty_.store(dirty, std::memory_order_relaxed); }
  // What happens by itself while this time passes: each cache loses a segment a second.
  void time_passes(std::size_t ms) noexcept;
  // Empties the caches.
  void trim() noexcept;
  [[nodiscard]] std::size_t cached_bytes() noexcept;

 private:
  struct Allocators {
    explicit Allocators(PageSource& pages) noexcept;
    ErtsSegments segments;
    ErtsBlocks heaps;
    ErtsBlocks temp;
  };
  // One of two allocators for what is new, and for all else the one that it came from.
  class Front final : public beam::BlockResource {
   public:
    Front(const std::atomic<bool>& dirty, ErtsBlocks& ordinary_one, ErtsBlocks& dirty_one) noexcept
        : is_dirty_(dirty), ordinary_(ordinary_one), dirty_(dirty_one) {}
    [[nodiscard]] beam::Block allocate(std::size_t words) noexcept override;
    // Moves never from one allocator to another.
    [[nodiscard]] beam::Block resize(beam::Block block, std::size_t words) noexcept override;
    void release(beam::Block block) noexcept override;
    void trim() noexcept override;

   private:
    const std::atomic<bool>& is_dirty_;
    ErtsBlocks& ordinary_;
    ErtsBlocks& dirty_;
  };

  std::atomic<bool> dirty_{false};
  KernelPages pages_;
  Allocators ordinary_;
  Allocators dirty_ones_;
  Front heaps_;
  Front temp_;
  std::size_t waited_ms_ = 0;  // of the second that has begun
};

}  // namespace allocators
