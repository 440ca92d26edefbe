// The cache of segments, against the rules of the runtime's mseg_alloc.
#include <cstdint>
#include <vector>

#include "allocators/erts_segments.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/page_accounts.hpp"

namespace {

using namespace allocators;
using page_accounts::CountedPages;

constexpr std::size_t kPage = PageSource::kPageBytes;
constexpr ErtsSegments::ShrinkLimits kShrinks = {4145152, 50};

Segment plain(ErtsSegments& segments, std::size_t bytes) {
  return segments.allocate(bytes, SegmentKind::kPlain);
}

Segment aligned(ErtsSegments& segments, std::size_t bytes) {
  return segments.allocate(bytes, SegmentKind::kAligned);
}

}  // namespace

TEST_CASE("a plain segment has whole pages and an aligned one a power of two units") {
  CountedPages pages;
  ErtsSegments segments(pages);
  CHECK(plain(segments, 1).bytes == kPage);
  CHECK(plain(segments, kPage + 1).bytes == 2 * kPage);
  CHECK(aligned(segments, 1).bytes == kCarrierUnit);
  const Segment segment = aligned(segments, 5 * kCarrierUnit);
  CHECK(segment.bytes == 8 * kCarrierUnit);
  CHECK(reinterpret_cast<std::uintptr_t>(segment.begin) % kCarrierUnit == 0);
}

TEST_CASE("a released segment serves the next request of its size without asking the source") {
  CountedPages pages;
  ErtsSegments segments(pages);
  const Segment first = plain(segments, 100 * kPage);
  segments.release(first);
  CHECK(segments.cached_bytes() == 100 * kPage);
  const std::uint64_t requests = pages.requests;
  CHECK(plain(segments, 100 * kPage).begin == first.begin);
  CHECK(pages.requests == requests);
  CHECK(segments.cached() == 0);
}

TEST_CASE("a cached segment that is less than a fifth too large is taken whole") {
  CountedPages pages;
  ErtsSegments segments(pages);
  segments.release(plain(segments, 119 * kPage));
  CHECK(plain(segments, 100 * kPage).bytes == 119 * kPage);
}

TEST_CASE("of a cached segment that is a fifth too large what is needed is cut off") {
  CountedPages pages;
  ErtsSegments segments(pages);
  const Segment large = plain(segments, 120 * kPage);
  segments.release(large);
  const Segment part = plain(segments, 100 * kPage);
  CHECK(part.begin == large.begin);
  CHECK(part.bytes == 100 * kPage);
  CHECK(segments.cached() == 1);
  CHECK(segments.cached_bytes() == 20 * kPage);
}

TEST_CASE("a cached segment that is 4 MiB too large is cut whatever its proportion") {
  CountedPages pages;
  ErtsSegments segments(pages);
  segments.release(plain(segments, 11264 * kPage));
  CHECK(plain(segments, 10240 * kPage).bytes == 10240 * kPage);
}

TEST_CASE("a cached segment that is too small stays") {
  CountedPages pages;
  ErtsSegments segments(pages);
  segments.release(plain(segments, 99 * kPage));
  CHECK(plain(segments, 100 * kPage).bytes == 100 * kPage);
  CHECK(segments.cached_bytes() == 99 * kPage);
}

TEST_CASE("plain and aligned segments do not serve each other") {
  CountedPages pages;
  ErtsSegments segments(pages);
  segments.release(aligned(segments, kCarrierUnit));
  const Segment segment = plain(segments, kCarrierUnit);
  CHECK(segments.cached() == 1);
  segments.release(segment);
  CHECK(segments.cached() == 2);
}

TEST_CASE("what an aligned segment has too much goes back to the source") {
  CountedPages pages;
  ErtsSegments segments(pages);
  segments.release(aligned(segments, 8 * kCarrierUnit));
  CHECK(aligned(segments, 2 * kCarrierUnit).bytes == 2 * kCarrierUnit);
  CHECK(pages.mapped == 2 * kCarrierUnit);
  CHECK(segments.cached() == 0);
}

TEST_CASE("a plain segment takes the place of the one that was cached first") {
  CountedPages pages;
  ErtsSegments segments(pages, {.mcs = 2});
  std::vector<Segment> three;
  for (std::size_t i = 1; i <= 3; ++i) three.push_back(plain(segments, i * 1000 * kPage));
  for (const Segment& segment : three) segments.release(segment);
  CHECK(segments.cached() == 2);
  CHECK(segments.cached_bytes() == 5000 * kPage);
  CHECK(pages.mapped == 5000 * kPage);
}

TEST_CASE("a full cache takes no aligned segment but has a plain one take the place of one") {
  CountedPages pages;
  ErtsSegments segments(pages, {.mcs = 1});
  const Segment first = aligned(segments, kCarrierUnit);
  const Segment second = aligned(segments, kCarrierUnit);
  const Segment third = plain(segments, kPage);
  segments.release(first);
  segments.release(second);
  CHECK(segments.cached_bytes() == kCarrierUnit);
  segments.release(third);
  CHECK(segments.cached_bytes() == kPage);
}

TEST_CASE("cached segments are dropped one at a time with aligned and small ones first") {
  CountedPages pages;
  ErtsSegments segments(pages);
  const Segment small = plain(segments, 10 * kPage);
  const Segment large = plain(segments, 1000 * kPage);
  const Segment unit = aligned(segments, kCarrierUnit);
  const Segment units = aligned(segments, 4 * kCarrierUnit);
  segments.release(large);
  segments.release(units);
  segments.release(small);
  segments.release(unit);
  const std::vector<std::size_t> expected = {4 * kCarrierUnit + 1010 * kPage, 1010 * kPage,
                                             10 * kPage, 0};
  for (const std::size_t bytes : expected) {
    CHECK(segments.drop_one());
    CHECK(segments.cached_bytes() == bytes);
  }
  CHECK_FALSE(segments.drop_one());
  CHECK(pages.mapped == 0);
}

TEST_CASE("a segment that loses little stays as it is and one that loses half shrinks") {
  CountedPages pages;
  ErtsSegments segments(pages);
  Segment segment = plain(segments, 100 * kPage);
  segment = segments.resize(segment, 51 * kPage, kShrinks);
  CHECK(segment.bytes == 100 * kPage);
  segment = segments.resize(segment, 50 * kPage, kShrinks);
  CHECK(segment.bytes == 50 * kPage);
  segment = segments.resize(segment, 5000 * kPage, kShrinks);
  CHECK(segment.bytes == 5000 * kPage);
  segment = segments.resize(segment, (5000 - 1012) * kPage, kShrinks);
  CHECK(segment.bytes == 3988 * kPage);
  CHECK(pages.mapped == 3988 * kPage);
}

TEST_CASE("no segment comes of a source that refuses nor of a request beyond all memory") {
  CountedPages pages;
  ErtsSegments segments(pages);
  const Segment kept = plain(segments, kPage);
  pages.budget = 0;
  CHECK_FALSE(plain(segments, kPage));
  CHECK_FALSE(aligned(segments, kPage));
  CHECK_FALSE(segments.resize(kept, 2 * kPage, kShrinks));
  pages.budget = CountedPages::kNever;
  CHECK_FALSE(plain(segments, SIZE_MAX));
  CHECK_FALSE(aligned(segments, SIZE_MAX));
  segments.release(kept);
}

TEST_CASE("what is cached goes back to the source with the cache") {
  CountedPages pages;
  {
    ErtsSegments segments(pages);
    segments.release(plain(segments, kPage));
    segments.release(aligned(segments, kPage));
    CHECK(pages.mapped == kPage + kCarrierUnit);
  }
  CHECK(pages.mapped == 0);
}
