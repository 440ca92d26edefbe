#include "bench/cells/bandwidth.hpp"

#include <array>
#include <cstring>

#include "bench/cells/least_time.hpp"
#include "bench/cells/private_memory.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bench::cells {

namespace {

using Word = std::uint64_t;
constexpr std::size_t kLineWords = 8;

// Vectors that may alias any memory; functions that use one enable its instruction set.
struct Bytes16 {
  using Vector __attribute__((vector_size(16), aligned(8), may_alias)) = Word;
};
struct Bytes32 {
  using Vector __attribute__((vector_size(32), aligned(8), may_alias)) = Word;
};
struct Bytes64 {
  using Vector __attribute__((vector_size(64), aligned(8), may_alias)) = Word;
};

template <class Width>
struct Held {
  typename Width::Vector words;
};

template <class Width>
inline constexpr std::size_t kVectorWords = sizeof(typename Width::Vector) / sizeof(Word);

[[gnu::always_inline]] inline Word read_each(const Word* words, std::size_t count) noexcept {
  Word sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum ^= words[i];
  return sum;
}

// Reads `Streams` equal parts in parallel: the processor prefetches on each.
template <class Width, std::size_t Streams>
[[gnu::always_inline]] inline Word read_vectors(const Word* words, std::size_t count) noexcept {
  using Vector = typename Width::Vector;
  constexpr std::size_t kStep = kVectorWords<Width>;
  constexpr std::size_t kUnroll = 4;
  const std::size_t run = count / Streams / (kUnroll * kStep) * (kUnroll * kStep);
  std::array<Held<Width>, Streams * kUnroll> sums{};
  for (std::size_t i = 0; i < run; i += kUnroll * kStep) {
#pragma GCC unroll 16
    for (std::size_t j = 0; j < Streams * kUnroll; ++j) {
      const Word* at = words + j / kUnroll * run + i + j % kUnroll * kStep;
      sums[j].words ^= *reinterpret_cast<const Vector*>(at);
    }
  }
  Word sum = read_each(words + Streams * run, count - Streams * run);
  for (const Held<Width>& part : sums) {
    for (std::size_t lane = 0; lane < kStep; ++lane) sum ^= part.words[lane];
  }
  return sum;
}

template <class Width>
[[gnu::always_inline]] inline void copy_vectors(Word* to, const Word* from,
                                                std::size_t count) noexcept {
  using Vector = typename Width::Vector;
  constexpr std::size_t kStep = kVectorWords<Width>;
  constexpr std::size_t kUnroll = 4;
  std::size_t i = 0;
  for (; i + kUnroll * kStep <= count; i += kUnroll * kStep) {
    std::array<Held<Width>, kUnroll> held;
#pragma GCC unroll 4
    for (std::size_t j = 0; j < kUnroll; ++j) {
      held[j].words = *reinterpret_cast<const Vector*>(from + i + j * kStep);
    }
#pragma GCC unroll 4
    for (std::size_t j = 0; j < kUnroll; ++j) {
      *reinterpret_cast<Vector*>(to + i + j * kStep) = held[j].words;
    }
  }
  for (; i < count; ++i) to[i] = from[i];
}

Word read_words(const Word* words, std::size_t count) noexcept { return read_each(words, count); }

Word read_lines(const Word* words, std::size_t count) noexcept {
  constexpr std::size_t kLines = 8;
  std::array<Word, kLines> sums{};
  std::size_t i = 0;
  for (; i + kLines * kLineWords <= count; i += kLines * kLineWords) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < kLines; ++j) sums[j] ^= words[i + j * kLineWords];
  }
  Word sum = 0;
  for (const Word part : sums) sum ^= part;
  for (; i < count; i += kLineWords) sum ^= words[i];
  return sum;
}

Word read_16(const Word* words, std::size_t count) noexcept {
  return read_vectors<Bytes16, 1>(words, count);
}

void copy_memcpy(Word* to, const Word* from, std::size_t count) noexcept {
  std::memcpy(to, from, count * sizeof(Word));
}
void copy_16(Word* to, const Word* from, std::size_t count) noexcept {
  copy_vectors<Bytes16>(to, from, count);
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] Word read_32(const Word* words, std::size_t count) noexcept {
  return read_vectors<Bytes32, 1>(words, count);
}
[[gnu::target("avx2")]] Word read_32_in_4(const Word* words, std::size_t count) noexcept {
  return read_vectors<Bytes32, 4>(words, count);
}
[[gnu::target("avx512f")]] Word read_64(const Word* words, std::size_t count) noexcept {
  return read_vectors<Bytes64, 1>(words, count);
}
[[gnu::target("avx512f")]] Word read_64_in_4(const Word* words, std::size_t count) noexcept {
  return read_vectors<Bytes64, 4>(words, count);
}

// NOLINTNEXTLINE(readability-non-const-parameter): the instruction writes through the pointer.
void copy_string(Word* to, const Word* from, std::size_t count) noexcept {
  std::size_t bytes = count * sizeof(Word);
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
}
// Bypasses the caches, without reading the destination first.
void copy_streaming(Word* to, const Word* from, std::size_t count) noexcept {
  std::size_t i = 0;
  for (; i + kLineWords <= count; i += kLineWords) {
#pragma GCC unroll 4
    for (std::size_t j = 0; j < kLineWords; j += 2) {
      _mm_stream_si128(reinterpret_cast<__m128i*>(to + i + j),
                       _mm_load_si128(reinterpret_cast<const __m128i*>(from + i + j)));
    }
  }
  for (; i < count; ++i) to[i] = from[i];
  _mm_sfence();
}
[[gnu::target("avx2")]] void copy_32(Word* to, const Word* from, std::size_t count) noexcept {
  copy_vectors<Bytes32>(to, from, count);
}
[[gnu::target("avx512f")]] void copy_64(Word* to, const Word* from, std::size_t count) noexcept {
  copy_vectors<Bytes64>(to, from, count);
}

// By required instruction set: none, AVX2, AVX-512.
constexpr std::array kReads = {
    ReadKernel{"words", read_words},      ReadKernel{"vectors of 16", read_16},
    ReadKernel{"vectors of 32", read_32}, ReadKernel{"4 x 32", read_32_in_4},
    ReadKernel{"vectors of 64", read_64}, ReadKernel{"4 x 64", read_64_in_4},
};
constexpr std::array kCopies = {
    CopyKernel{"memcpy", copy_memcpy},    CopyKernel{"vectors of 16", copy_16},
    CopyKernel{"rep movsb", copy_string}, CopyKernel{"streaming stores", copy_streaming},
    CopyKernel{"vectors of 32", copy_32}, CopyKernel{"vectors of 64", copy_64},
};

template <class Kernel, std::size_t N>
std::span<const Kernel> runnable(const std::array<Kernel, N>& all, std::size_t avx2,
                                 std::size_t avx512) noexcept {
  std::size_t without = 0;
  if (__builtin_cpu_supports("avx512f") == 0) without += avx512;
  if (__builtin_cpu_supports("avx2") == 0) without += avx2;
  return std::span(all).first(N - without);
}

#else

constexpr std::array kReads = {ReadKernel{"words", read_words},
                               ReadKernel{"vectors of 16", read_16}};
constexpr std::array kCopies = {CopyKernel{"memcpy", copy_memcpy},
                                CopyKernel{"vectors of 16", copy_16}};

template <class Kernel, std::size_t N>
std::span<const Kernel> runnable(const std::array<Kernel, N>& all, std::size_t,
                                 std::size_t) noexcept {
  return all;
}

#endif

// Every kernel is tried, then the best one is timed for longer.
constexpr unsigned kTrials = 2;
constexpr unsigned kSamples = 3;

template <class Kernel, class Pass>
Fastest<Kernel> fastest_of(std::span<const Kernel> kernels, Pass pass) noexcept {
  Fastest<Kernel> best;
  for (const Kernel& kernel : kernels) {
    const double ns = least_ns(kTrials, [&] { pass(kernel); });
    if (best.kernel == nullptr || ns < best.ns) best = {&kernel, ns};
  }
  best.ns = std::min(best.ns, least_ns(kSamples, [&] { pass(*best.kernel); }));
  return best;
}

constexpr ReadKernel kLines{"lines", read_lines};

Fastest<ReadKernel> fastest_of_reads(std::span<const ReadKernel> kernels,
                                     std::size_t bytes) noexcept {
  const std::size_t count = bytes / sizeof(Word);
  if (count == 0) return {};
  const PrivateMemory from(bytes);
  if (!from.ok()) return {};
  from.touch();
  return fastest_of(kernels,
                    [&](const ReadKernel& kernel) { keep(kernel.read(from.words(), count)); });
}

}  // namespace

std::span<const ReadKernel> read_kernels() noexcept { return runnable(kReads, 2, 2); }
std::span<const CopyKernel> copy_kernels() noexcept { return runnable(kCopies, 1, 1); }
const ReadKernel& line_kernel() noexcept { return kLines; }

Fastest<ReadKernel> fastest_read(std::size_t bytes) noexcept {
  return fastest_of_reads(read_kernels(), bytes);
}

Fastest<ReadKernel> fastest_line_read(std::size_t bytes) noexcept {
  return fastest_of_reads({&kLines, 1}, bytes);
}

Fastest<CopyKernel> fastest_copy(std::size_t bytes) noexcept {
  const std::size_t count = bytes / sizeof(Word);
  if (count == 0) return {};
  const PrivateMemory from(bytes);
  const PrivateMemory to(bytes);
  if (!from.ok() || !to.ok()) return {};
  from.touch();
  to.touch();
  return fastest_of(copy_kernels(), [&](const CopyKernel& kernel) {
    kernel.copy(to.words(), from.words(), count);
    keep(*to.words());
  });
}

}  // namespace bench::cells
