// The literal collector's queue: areas that nobody may get into any more, freed one by one once no
// process holds anything of them.
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
  // Only while nobody else uses `other`.
  LiteralCollector(LiteralCollector&& other) noexcept;
  LiteralCollector& operator=(LiteralCollector&&) = delete;
  ~LiteralCollector() = default;  // areas still here stay in their space

  // Room for one more area, so that enqueue() cannot fail. Error: no memory.
  [[nodiscard]] Result<Unit> make_room() noexcept;
  // Takes an area over; make_room() came before.
  void enqueue(const LiteralArea& area) noexcept;

  // The round of the copy area, if there is one, is over: makes the next area the copy area. False:
  // there is none.
  bool switch_area() noexcept;
  // Frees what the last switch_area() made free to go. Other threads have ended meanwhile whatever
  // they did when it was called.
  void release_switched(LiteralSpace& space) noexcept;
  // Both, where there are no other threads.
  bool release_area_switch(LiteralSpace& space) noexcept {
    const bool more = switch_area();
    release_switched(space);
    return more;
  }

  // The area that is being released: its literals are copied when they are sent. Null: none.
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
  LiteralArea switched_;     // has waited, and is free to go
  std::atomic<const LiteralArea*> copy_area_{nullptr};
};

}  // namespace beam
