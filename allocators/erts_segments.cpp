#include "allocators/erts_segments.hpp"

#include <algorithm>
#include <bit>

#include "allocators/rounding.hpp"

namespace allocators {

namespace {

constexpr std::size_t kPage = PageSource::kPageBytes;
// Beyond this a request is refused, so that no rounding overflows.
constexpr std::size_t kMostBytes = std::size_t{1} << 46;

std::size_t rounded(std::size_t bytes, SegmentKind kind) noexcept {
  if (kind == SegmentKind::kPlain) return rounded_up(bytes, kPage);
  return std::bit_ceil(std::max(bytes, kCarrierUnit));
}

}  // namespace

ErtsSegments::ErtsSegments(PageSource& source, ErtsSegmentParameters parameters) noexcept
    : source_(source), parameters_(parameters) {
  parameters_.mcs = std::min(parameters_.mcs, kMaxCachedSegments);
}

ErtsSegments::~ErtsSegments() { clear(); }

Segment ErtsSegments::allocate(std::size_t bytes, SegmentKind kind) noexcept {
  if (bytes > kMostBytes) return {};
  const std::size_t wanted = rounded(bytes, kind);
  const std::lock_guard held(lock_);
  const bool plain = kind == SegmentKind::kPlain;
  if (const Segment cached = plain ? take_plain(wanted) : take_aligned(wanted)) return cached;
  return {source_.map(wanted, plain ? kPage : kCarrierUnit), wanted, kind};
}

Segment ErtsSegments::resize(Segment segment, std::size_t bytes, ShrinkLimits shrink) noexcept {
  if (bytes > kMostBytes) return {};
  const std::size_t wanted = rounded(bytes, SegmentKind::kPlain);
  if (wanted <= segment.bytes) {
    const std::size_t less = segment.bytes - wanted;
    if (less < shrink.bytes && 100 * less < shrink.percent * segment.bytes) return segment;
  }
  if (wanted == segment.bytes) return segment;
  const std::lock_guard held(lock_);
  return {source_.remap(segment.begin, segment.bytes, wanted), wanted, SegmentKind::kPlain};
}

void ErtsSegments::release(Segment segment) noexcept {
  const std::lock_guard held(lock_);
  if (count_ == parameters_.mcs) {
    // Large blocks have no other cache, so a plain segment takes the place of another one.
    std::size_t place = count_;
    if (segment.kind == SegmentKind::kPlain) {
      place = first_to_go(SegmentKind::kPlain);
      if (place == count_) place = first_to_go(SegmentKind::kAligned);
    }
    if (place == count_) return destroy(segment);
    destroy(remove(place));
  }
  std::copy_backward(cache_.begin(), cache_.begin() + count_, cache_.begin() + count_ + 1);
  cache_[0] = segment;
  ++count_;
}

bool ErtsSegments::drop_one() noexcept {
  const std::lock_guard held(lock_);
  return drop();
}

void ErtsSegments::clear() noexcept {
  const std::lock_guard held(lock_);
  while (drop()) {
  }
}

bool ErtsSegments::drop() noexcept {
  std::size_t place = first_to_go(SegmentKind::kAligned);
  if (place == count_) place = first_to_go(SegmentKind::kPlain);
  if (place == count_) return false;
  destroy(remove(place));
  return true;
}

std::size_t ErtsSegments::cached() noexcept {
  const std::lock_guard held(lock_);
  return count_;
}

std::size_t ErtsSegments::cached_bytes() noexcept {
  const std::lock_guard held(lock_);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count_; ++i) bytes += cache_[i].bytes;
  return bytes;
}

// The first that is not too large; else the least too large one loses its beginning and stays.
Segment ErtsSegments::take_plain(std::size_t bytes) noexcept {
  std::size_t best = count_;
  for (std::size_t i = 0; i < count_; ++i) {
    if (cache_[i].kind != SegmentKind::kPlain || cache_[i].bytes < bytes) continue;
    const std::size_t excess = cache_[i].bytes - bytes;
    if (excess < parameters_.amcbf && 100 * excess < parameters_.rmcbf * bytes) return remove(i);
    if (best == count_ || cache_[i].bytes < cache_[best].bytes) best = i;
  }
  if (best == count_) return {};
  if (cache_[best].bytes == bytes) return remove(best);
  const Segment taken = {cache_[best].begin, bytes, SegmentKind::kPlain};
  cache_[best].begin += bytes;
  cache_[best].bytes -= bytes;
  return taken;
}

// The smallest that is large enough, of those the one cached last; what is too much goes back.
Segment ErtsSegments::take_aligned(std::size_t bytes) noexcept {
  std::size_t best = count_;
  for (std::size_t i = 0; i < count_; ++i) {
    if (cache_[i].kind != SegmentKind::kAligned || cache_[i].bytes < bytes) continue;
    if (best == count_ || cache_[i].bytes < cache_[best].bytes) best = i;
  }
  if (best == count_) return {};
  Segment taken = remove(best);
  if (taken.bytes > bytes) source_.unmap(taken.begin + bytes, taken.bytes - bytes);
  taken.bytes = bytes;
  return taken;
}

Segment ErtsSegments::remove(std::size_t place) noexcept {
  const Segment taken = cache_[place];
  std::copy(cache_.begin() + place + 1, cache_.begin() + count_, cache_.begin() + place);
  --count_;
  return taken;
}

// Of plain segments the one cached first; of aligned ones that of the smallest size.
std::size_t ErtsSegments::first_to_go(SegmentKind kind) const noexcept {
  std::size_t found = count_;
  for (std::size_t i = count_; i-- > 0;) {
    if (cache_[i].kind != kind) continue;
    const bool smaller =
        found != count_ && kind == SegmentKind::kAligned && cache_[i].bytes < cache_[found].bytes;
    if (found == count_ || smaller) found = i;
  }
  return found;
}

void ErtsSegments::destroy(Segment segment) noexcept {
  source_.unmap(segment.begin, segment.bytes);
}

}  // namespace allocators
