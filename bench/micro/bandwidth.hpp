// What the hardware allows, measured in the same run: memcpy and plain reads over touched memory.
#pragma once

#include <cstring>
#include <memory>

#include <benchmark/benchmark.h>

#include "engine/base/word_arena.hpp"
#include "engine/term/term.hpp"

namespace bench {

// Two touched runs of `state.range(0)` words; null without memory.
inline beam::Word* touched_words(beam::WordArena& arena, std::size_t words) noexcept {
  beam::Word* at = arena.allocate(words);
  if (at != nullptr) std::memset(at, 1, words * beam::kWordBytes);
  return at;
}

inline void count_words(benchmark::State& state, std::size_t words) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(words * beam::kWordBytes));
  state.counters["words"] = static_cast<double>(words);
}

inline void memcpy_words(benchmark::State& state) {
  const auto words = static_cast<std::size_t>(state.range(0));
  auto arena = beam::WordArena::reserve(2 * words);
  beam::Word* from = arena ? touched_words(arena.value(), words) : nullptr;
  beam::Word* to = arena ? touched_words(arena.value(), words) : nullptr;
  if (from == nullptr || to == nullptr) return state.SkipWithError("no memory");
  for (auto _ : state) {
    std::memcpy(to, from, words * beam::kWordBytes);
    benchmark::ClobberMemory();
  }
  count_words(state, words);
}

inline void read_words(benchmark::State& state) {
  const auto words = static_cast<std::size_t>(state.range(0));
  auto arena = beam::WordArena::reserve(words);
  const beam::Word* from = arena ? touched_words(arena.value(), words) : nullptr;
  if (from == nullptr) return state.SkipWithError("no memory");
  for (auto _ : state) {
    beam::Word sum = 0;
    for (std::size_t i = 0; i < words; ++i) sum ^= from[i];
    benchmark::DoNotOptimize(sum);
  }
  count_words(state, words);
}

}  // namespace bench
