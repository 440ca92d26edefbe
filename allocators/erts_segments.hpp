// The runtime's mseg_alloc: segments of pages, and a cache of those that were given back.
//
// A cached segment keeps its pages, so that its next user faults on none, and unused memory stays
// resident. The runtime drops one cached segment a second until there are
// none; here whoever keeps time calls drop_one(). Segments are of two kinds, plain ones of whole
// pages and aligned ones of kCarrierUnit times a power of two, and are cached apart. Behind a
// lock: any thread may call. Source: OTP 25, erts/emulator/sys/common/erl_mseg.c.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>

#include "allocators/erts_parameters.hpp"
#include "allocators/page_source.hpp"

namespace allocators {

enum class SegmentKind { kPlain, kAligned };

struct Segment {
  char* begin = nullptr;
  std::size_t bytes = 0;
  SegmentKind kind = SegmentKind::kPlain;

  explicit operator bool() const noexcept { return begin != nullptr; }
};

class ErtsSegments {
 public:
  // `source` outlives this.
  explicit ErtsSegments(PageSource& source, ErtsSegmentParameters parameters = {}) noexcept;
  ErtsSegments(const ErtsSegments&) = delete;
  ErtsSegments& operator=(const ErtsSegments&) = delete;
  ~ErtsSegments();

  // At least so many bytes; null: no memory. A cached segment that is not much too large is taken
  // whole; of a larger one what is needed is cut off.
  [[nodiscard]] Segment allocate(std::size_t bytes, SegmentKind kind) noexcept;
  // Of a plain segment. Shrinks only by much (`shrink`); null: no memory, and it is as it was.
  struct ShrinkLimits {
    std::size_t bytes;
    std::size_t percent;
  };
  [[nodiscard]] Segment resize(Segment segment, std::size_t bytes, ShrinkLimits shrink) noexcept;
  // Into the cache, or back to the source.
  void release(Segment segment) noexcept;

  // What the runtime does once a second: gives one cached segment back, aligned ones and small ones
  // first, of those the one that was cached first. False: there was none.
  bool drop_one() noexcept;
  // Gives all cached segments back.
  void clear() noexcept;

  [[nodiscard]] PageSource& source() noexcept { return source_; }
  [[nodiscard]] std::size_t cached() noexcept;
  [[nodiscard]] std::size_t cached_bytes() noexcept;

 private:
  [[nodiscard]] Segment take_plain(std::size_t bytes) noexcept;
  [[nodiscard]] Segment take_aligned(std::size_t bytes) noexcept;
  [[nodiscard]] Segment remove(std::size_t place) noexcept;
  // The place that drop_one() empties among those of one kind; count_ when there is none.
  [[nodiscard]] std::size_t first_to_go(SegmentKind kind) const noexcept;
  void destroy(Segment segment) noexcept;
  bool drop() noexcept;

  PageSource& source_;
  ErtsSegmentParameters parameters_;
  std::mutex lock_;
  std::array<Segment, kMaxCachedSegments> cache_{};  // those cached last first
  std::size_t count_ = 0;
};

}  // namespace allocators
