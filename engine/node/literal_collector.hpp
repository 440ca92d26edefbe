// The literal collector's queue: areas that no new reference can reach, freed one by one once no
// process holds any of their literals.
//
//   queued ...  ->  the copy area: one round of requests  ->  waiting  ->  freed
//
// Invariant: at most one area is the copy area, and at most one is waiting. An area whose round is
// over waits until the next switch, so that area n is freed only after the round of area n+1; when
// nothing follows, the last two go together. Source: OTP 25, beam_bif_load.c
// (erts_internal_release_literal_area_switch) and erts_literal_area_collector.erl.
//
// Threads: all of it belongs to one thread at a time, except copy_area(), which any may ask.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/literal/literal_space.hpp"

namespace beam {

class LiteralCollector {
 public:
  LiteralCollector() = default;
  LiteralCollector(const LiteralCollector&) = delete;
  LiteralCollector& operator=(const LiteralCollector&) = delete;
  // Only while no other thread uses `other`.
  LiteralCollector(LiteralCollector&& other) noexcept;
  LiteralCollector& operator=(LiteralCollector&&) = delete;
  ~LiteralCollector() = default;  // areas still here stay in their space

  // Room for one more area, so that enqueue() cannot fail. Error: no memory.
  [[nodiscard]] Result<Unit> make_room() noexcept;
  // Takes ownership of an area; call make_room() first.
  void enqueue(const LiteralArea& area) noexcept;

  // Ends the round of the copy area, if any, and makes the next area the copy area. False if none
  // is queued.
  bool switch_area() noexcept;
  // Frees the area that the last switch_area() retired. By now other threads have finished what
  // they were doing when it was called.
  void release_switched(LiteralSpace& space) noexcept;
  // Both, where there are no other threads.
  bool release_area_switch(LiteralSpace& space) noexcept {
    const bool more = switch_area();
    release_switched(space);
    return more;
  }

  // The area that is being released: its literals are copied when sent. Null if none.
  [[nodiscard]] const LiteralArea* copy_area() const noexcept { return copy_area_.load(); }

  // Neither a copy area nor anything queued.
  [[nodiscard]] bool idle() const noexcept { return copy_area() == nullptr && queue_.empty(); }
  // Areas that no round has begun for.
  [[nodiscard]] std::size_t queued() const noexcept { return queue_.size(); }

 private:
  MappedArray<LiteralArea> queue_;  // the oldest first
  // The copy area and the waiting one, in places that alternate.
  std::array<LiteralArea, 2> areas_{};
  std::size_t copying_ = 0;  // the copy area's place
  LiteralArea switched_;     // retired by the last switch, can be freed
  std::atomic<const LiteralArea*> copy_area_{nullptr};
};

}  // namespace beam
