// The literal collector's queue: areas that no new reference can reach, freed batch by batch once
// no process holds any of their literals. The runtime's batches have one area each.
//
//   queued ...  ->  the copy areas: one round of requests  ->  waiting  ->  freed
//
// Invariant: at most one batch is the copy areas, and at most one is waiting. A batch whose round
// is over waits until the next switch, so that batch n is freed only after the round of batch n+1;
// when nothing follows, the last two go together. Source: OTP 25, beam_bif_load.c
// (erts_internal_release_literal_area_switch) and erts_literal_area_collector.erl.
//
// Threads: all of it belongs to one thread at a time, except copy_areas(), which any may ask.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/literal/area_batch.hpp"
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

  // How many queued areas one round releases: 1 to AreaBatch::kMax, and 1 unless this is called.
  void set_areas_per_round(std::size_t areas) noexcept { areas_per_round_ = areas; }

  // Ends the round of the copy areas, if any, and makes the next batch of the queue the copy areas.
  // False if none is queued.
  bool switch_areas() noexcept;
  // Frees the batch that the last switch_areas() retired. By now other threads have finished what
  // they were doing when it was called.
  void release_switched(LiteralSpace& space) noexcept;
  // Both, where there are no other threads.
  bool release_area_switch(LiteralSpace& space) noexcept {
    const bool more = switch_areas();
    release_switched(space);
    return more;
  }

  // The areas that are being released: their literals are copied when sent. Null if none.
  [[nodiscard]] const AreaBatch* copy_areas() const noexcept { return copy_areas_.load(); }

  // Neither copy areas nor anything queued.
  [[nodiscard]] bool idle() const noexcept { return copy_areas() == nullptr && queue_.empty(); }
  // Areas that no round has begun for.
  [[nodiscard]] std::size_t queued() const noexcept { return queue_.size(); }

 private:
  MappedArray<LiteralArea> queue_;  // the oldest first
  std::size_t areas_per_round_ = 1;
  // The copy areas and the waiting ones, in places that alternate.
  std::array<AreaBatch, 2> batches_{};
  std::size_t copying_ = 0;  // the copy areas' place
  AreaBatch switched_;       // retired by the last switch, can be freed
  std::atomic<const AreaBatch*> copy_areas_{nullptr};
};

}  // namespace beam
