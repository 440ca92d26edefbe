#include "engine/purge/next_literal.hpp"

#include <algorithm>
#include <array>

#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/slots.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace beam {

namespace {

// Does not count.
struct NoWork {
  static void vectors(unsigned /*count*/) noexcept {}
  static void walked() noexcept {}
  static void thing() noexcept {}
};

class Counting {
 public:
  explicit Counting(ScanWork& work) noexcept : work_(work) {}
  void vectors(unsigned count) noexcept { work_.vectors += count; }
  void walked() noexcept { ++work_.walked; }
  void thing() noexcept { ++work_.things; }

 private:
  ScanWork& work_;
};

// A kernel's input and its position. All by index: an address would be one more step from
// a header to the next, and heaps of small things are walked at the pace of those steps.
struct Walk {
  const Word* words;
  std::size_t count;
  AddressRange area;
  ScanOf of;
  std::size_t at;  // a boundary

  explicit Walk(const LiteralScan& scan) noexcept
      : words(scan.words), count(scan.count), area(scan.area), of(scan.of), at(scan.boundary) {}

  [[nodiscard]] std::size_t left() const noexcept { return count - at; }
};

// Moves to the next stop before `until`; false: to `until`.
template <class Work>
[[gnu::always_inline]] inline bool walk_to_stop(Walk& walk, std::size_t until,
                                                Work& work) noexcept {
  for (; walk.at < until; ++walk.at) {
    work.walked();
    const Word word = walk.words[walk.at];
    const bool stops = is_header(word) ? walk.of == ScanOf::kObjects && !is_tuple_header(word)
                                       : refers(word, walk.area);
    if (stops) return true;
  }
  return false;
}

// Moves behind the stop that the walk is at. The index of what hits, or `count`: of a thing, only a
// match state has a term among its raw words.
template <class Work>
[[gnu::always_inline]] inline std::size_t pass_stop(Walk& walk, Work& work) noexcept {
  const std::size_t at = walk.at;
  const Word word = walk.words[at];
  if (!is_header(word)) {
    walk.at = at + 1;
    return at;
  }
  walk.at = at + thing_words(word);
  work.thing();
  const bool hit =
      is_match_state_header(word) && refers(walk.words[at + kMatchStateOrig], walk.area);
  return hit ? at + kMatchStateOrig : walk.count;
}

template <class Work>
std::size_t next_portable(LiteralScan& scan, Work work) noexcept {
  Walk walk(scan);
  std::size_t hit = walk.count;
  while (hit == walk.count && walk_to_stop(walk, walk.count, work)) hit = pass_stop(walk, work);
  scan.boundary = walk.at;
  return hit;
}

#if defined(__x86_64__)

#define PURGEBENCH_AVX2 [[gnu::target("avx2"), gnu::always_inline]] inline

// Which of four words are stops. Each word has a bar by its tag, and stops where its low six bits
// are above it:
//
//   tag               low six bits   bar     bar of a word in the area's range
//   header, of heap   0, 4, .. 60      0       0    above: every header but a tuple's, which is 0
//   header, of roots  0, 4, .. 60    127      63    never
//   list, boxed       1, 2, .. 62     64       0    above: in range
//   immediate         3, 7, .. 63    127      63    never
//
// Shuffling looks the bar up by the low four bits; being in range clears bit 6 of it.
class Avx2Stops {
 public:
  static constexpr std::size_t kWords = 4;

  [[gnu::target("avx2")]] Avx2Stops(AddressRange area, ScanOf of) noexcept {
    constexpr Word kTop = Word{1} << 63;  // unsigned order by signed compares
    const char header = of == ScanOf::kObjects ? 0 : 127;
    const __m128i bars = _mm_setr_epi8(header, 64, 64, 127, header, 64, 64, 127, header, 64, 64,
                                       127, header, 64, 64, 127);
    bars_ = _mm256_broadcastsi128_si256(bars);
    first_ = all(area.base + kTop);
    limit_ = all(area.bytes + kTop);
    low_six_ = all(63);
    in_range_bit_ = all(64);
  }

  // The lowest byte of every lane that stops is set, the others are clear.
  PURGEBENCH_AVX2 __m256i of(const Word* four) const noexcept {
    const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(four));
    const __m256i in_range = _mm256_cmpgt_epi64(limit_, _mm256_sub_epi64(words, first_));
    const __m256i low = _mm256_and_si256(words, low_six_);
    const __m256i bar = _mm256_andnot_si256(_mm256_and_si256(in_range, in_range_bit_),
                                            _mm256_shuffle_epi8(bars_, low));
    return _mm256_cmpgt_epi8(low, bar);
  }

 private:
  PURGEBENCH_AVX2 static __m256i all(Word word) noexcept {
    return _mm256_set1_epi64x(static_cast<long long>(word));
  }

  __m256i bars_;
  __m256i first_;
  __m256i limit_;
  __m256i low_six_;
  __m256i in_range_bit_;
};

// Where one thing is others are near: this many words behind a stop are looked at one by one, then
// twice as many and so on, until the last of them had no stop.
constexpr std::size_t kNear = 32;
constexpr std::size_t kMostNear = 4096;
constexpr std::size_t kCalm = 16;
// Vectors that are then looked at one by one, before four are at a time.
constexpr unsigned kSingles = 4;
constexpr std::size_t kBlock = 4 * Avx2Stops::kWords;

// Moves to a vector that has a stop, or to fewer than four words before the end.
template <class Work>
PURGEBENCH_AVX2 void skip_vectors(const Avx2Stops& stops, Walk& walk, Work& work) noexcept {
  constexpr std::size_t kWords = Avx2Stops::kWords;
  while (walk.left() >= kWords) {
    for (unsigned i = 0; i < kSingles && walk.left() >= kWords; ++i, walk.at += kWords) {
      work.vectors(1);
      const __m256i found = stops.of(walk.words + walk.at);
      if (_mm256_testz_si256(found, found) == 0) return;
    }
    for (; walk.left() >= kBlock; walk.at += kBlock) {
      work.vectors(kBlock / kWords);
      const Word* at = walk.words + walk.at;
      const __m256i any =
          _mm256_or_si256(_mm256_or_si256(stops.of(at), stops.of(at + kWords)),
                          _mm256_or_si256(stops.of(at + 2 * kWords), stops.of(at + 3 * kWords)));
      if (_mm256_testz_si256(any, any) == 0) break;
    }
  }
}

// Passes over things that lie close together. The index of a hit, or `count`.
template <class Work>
[[gnu::always_inline]] inline std::size_t walk_near(Walk& walk, Work& work) noexcept {
  std::size_t hit = walk.count;
  std::size_t last_stop = 0;
  std::size_t near = kNear;
  do {
    const std::size_t until = walk.at + std::min(near, walk.left());
    near = std::min(2 * near, kMostNear);
    while (hit == walk.count && walk_to_stop(walk, until, work)) {
      hit = pass_stop(walk, work);
      last_stop = walk.at;
    }
  } while (hit == walk.count && walk.at < last_stop + kCalm && walk.at < walk.count);
  return hit;
}

// Vectors find that there is a stop, and looking at each word finds which: where branches lead is
// predicted, while an address that is computed from a vector's mask is waited for. With masks alone
// the scan takes fewer instructions and, where things are close together, twice the time.
template <class Work>
[[gnu::target("avx2")]] std::size_t next_avx2(LiteralScan& scan, Work work) noexcept {
  Walk walk(scan);
  const Avx2Stops stops(walk.area, walk.of);
  std::size_t hit = walk.count;
  while (hit == walk.count && walk.at < walk.count) {
    skip_vectors(stops, walk, work);
    hit = walk_near(walk, work);
  }
  scan.boundary = walk.at;
  return hit;
}

#undef PURGEBENCH_AVX2
#endif

// Fastest first.
constexpr std::array kKernels = {
#if defined(__x86_64__)
    ScanKernel{
        "avx2", [](LiteralScan& scan) noexcept { return next_avx2(scan, NoWork()); },
        [](LiteralScan& scan, ScanWork& work) noexcept { return next_avx2(scan, Counting(work)); }},
#endif
    ScanKernel{"portable", [](LiteralScan& scan) noexcept { return next_portable(scan, NoWork()); },
               [](LiteralScan& scan, ScanWork& work) noexcept {
                 return next_portable(scan, Counting(work));
               }},
};

bool first_kernel_runs() noexcept {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return true;
#endif
}

}  // namespace

std::span<const ScanKernel> scan_kernels() noexcept {
  return std::span(kKernels).subspan(first_kernel_runs() ? 0 : 1);
}

std::size_t next_literal(LiteralScan& scan) noexcept { return scan_kernels().front().next(scan); }

std::size_t next_literal_by_walking(LiteralScan& scan) noexcept {
  const Word* const words = scan.words;
  std::size_t hit = scan.count;
  std::size_t at = scan.boundary;
  while (at < scan.count && hit == scan.count) {
    const Word word = words[at];
    if (is_header(word) && scan.of == ScanOf::kObjects) {
      const std::size_t matched = at + kMatchStateOrig;
      if (is_match_state_header(word) && refers(words[matched], scan.area)) hit = matched;
      at += words_to_next_slot(word);
    } else {
      if (refers(word, scan.area)) hit = at;
      ++at;
    }
  }
  scan.boundary = at;
  return hit;
}

}  // namespace beam
