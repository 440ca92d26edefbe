#include "engine/purge/next_literal.hpp"

#include <array>
#include <bit>

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

// Whether `word` is a header but a tuple's: one bit for each value of its low six.
[[gnu::always_inline]] inline bool is_thing(Word word) noexcept {
  return ((Word{0x1111'1111'1111'1110} >> (word & 63)) & 1) != 0;
}

// The words that are left to look at.
struct Rest {
  const Word* at;
  const Word* end;

  [[nodiscard]] std::size_t words() const noexcept { return static_cast<std::size_t>(end - at); }
};

// The scan's own state while it runs; what is left of it is stored once, at the end.
std::size_t end_at(LiteralScan& scan, const Word* hit, const Word* boundary) noexcept {
  scan.boundary = static_cast<std::size_t>(boundary - scan.words);
  return static_cast<std::size_t>(hit - scan.words);
}

// Steps over the thing at `rest.at`, and over those that follow with one term at most between them:
// for these a vector costs more than it saves. The term that hits, or null: a match state has one
// term among its raw words.
template <class Work>
[[gnu::always_inline]] inline const Word* pass_things(Rest& rest, AddressRange area,
                                                      Work& work) noexcept {
  for (;;) {
    const Word* thing = rest.at;
    rest.at += thing_words(*thing);
    work.thing();
    if (is_match_state_header(*thing) && refers(thing[kMatchStateOrig], area)) {
      return thing + kMatchStateOrig;
    }
    if (rest.words() < 2) return nullptr;
    if (is_thing(rest.at[0])) continue;
    if (!is_thing(rest.at[1]) || refers(rest.at[0], area)) return nullptr;
    work.walked();
    ++rest.at;
  }
}

// Moves `rest` to the next stop; false: to the end.
template <class Work>
[[gnu::always_inline]] inline bool walk_to_stop(Rest& rest, AddressRange area, ScanOf of,
                                                Work& work) noexcept {
  for (; rest.at < rest.end; ++rest.at) {
    work.walked();
    const Word word = *rest.at;
    const bool stops =
        is_header(word) ? of == ScanOf::kObjects && !is_tuple_header(word) : refers(word, area);
    if (stops) return true;
  }
  return false;
}

template <class Work>
std::size_t next_portable(LiteralScan& scan, Work work) noexcept {
  const AddressRange area = scan.area;
  const ScanOf of = scan.of;
  Rest rest{scan.words + scan.boundary, scan.words + scan.count};
  for (;;) {
    if (!walk_to_stop(rest, area, of, work)) return end_at(scan, rest.end, rest.end);
    if (!is_header(*rest.at)) return end_at(scan, rest.at, rest.at + 1);
    const Word* hit = pass_things(rest, area, work);
    if (hit != nullptr) return end_at(scan, hit, rest.at);
  }
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

// Vectors that are looked at one by one before four are at a time: stops are often close together.
constexpr unsigned kSingles = 4;
constexpr std::size_t kBlock = 4 * Avx2Stops::kWords;

// Moves `rest` to the next stop; false: to fewer than four words before the end.
template <class Work>
PURGEBENCH_AVX2 bool avx2_to_stop(const Avx2Stops& stops, Rest& rest, Work& work) noexcept {
  constexpr std::size_t kWords = Avx2Stops::kWords;
  while (rest.words() >= kWords) {
    for (unsigned i = 0; i < kSingles && rest.words() >= kWords; ++i, rest.at += kWords) {
      work.vectors(1);
      const auto found = static_cast<unsigned>(_mm256_movemask_epi8(stops.of(rest.at)));
      if (found == 0) continue;
      rest.at += static_cast<unsigned>(std::countr_zero(found)) / kWordBytes;
      return true;
    }
    for (; rest.words() >= kBlock; rest.at += kBlock) {
      work.vectors(kBlock / kWords);
      const __m256i any = _mm256_or_si256(
          _mm256_or_si256(stops.of(rest.at), stops.of(rest.at + kWords)),
          _mm256_or_si256(stops.of(rest.at + 2 * kWords), stops.of(rest.at + 3 * kWords)));
      if (_mm256_testz_si256(any, any) == 0) break;
    }
  }
  return false;
}

template <class Work>
[[gnu::target("avx2")]] std::size_t next_avx2(LiteralScan& scan, Work work) noexcept {
  const AddressRange area = scan.area;
  const ScanOf of = scan.of;
  const Avx2Stops stops(area, of);
  Rest rest{scan.words + scan.boundary, scan.words + scan.count};
  for (;;) {
    if (!avx2_to_stop(stops, rest, work) && !walk_to_stop(rest, area, of, work)) {
      return end_at(scan, rest.end, rest.end);
    }
    if (!is_header(*rest.at)) return end_at(scan, rest.at, rest.at + 1);
    const Word* hit = pass_things(rest, area, work);
    if (hit != nullptr) return end_at(scan, hit, rest.at);
  }
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
