// The Cheney loop over each structure, in cache (20,000 words) and out of it (10,000,000), with the
// fastest copy of as many words as the bound.
//
// One iteration is one major collection: allocate a recycled to-space, copy, release. A chain in
// random order is in order after one collection, so it is rebuilt for each.
#include <algorithm>
#include <chrono>
#include <limits>

#include <benchmark/benchmark.h>

#include "bench/micro/bandwidth.hpp"
#include "bench/micro/structures.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"

namespace {

constexpr std::int64_t kInCache = 20'000;
constexpr std::int64_t kOutOfCache = 10'000'000;

using Clock = std::chrono::steady_clock;

// Seconds of one major collection; negative when memory ran out.
double time_collection(beam::Process& process) {
  const auto start = Clock::now();
  const bool collected = beam::collect_major(process).ok();
  const std::chrono::duration<double> spent = Clock::now() - start;
  return collected ? spent.count() : -1;
}

void collect(benchmark::State& state, bench::micro::Structure structure) {
  const bool rebuild = structure == bench::micro::Structure::kChain;
  const auto words = static_cast<std::uint64_t>(state.range(0));
  beam::MallocBlocks source;
  beam::KeptBlocks blocks(source, 4);
  auto live = bench::micro::build_structure(structure, words, blocks);
  if (live == nullptr) return state.SkipWithError("no memory");
  if (!rebuild && time_collection(live->process) < 0) return state.SkipWithError("no memory");
  double least = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    if (rebuild) {
      live.reset();
      live = bench::micro::build_structure(structure, words, blocks);
      if (live == nullptr) return state.SkipWithError("no memory");
    }
    const double seconds = time_collection(live->process);
    if (seconds < 0) return state.SkipWithError("no memory");
    state.SetIterationTime(seconds);
    least = std::min(least, 1e9 * seconds);
  }
  const std::size_t copied = live->process.used_words();
  bench::micro::count_words(state, copied);
  bench::micro::hold_row_to_bound(state, least,
                                  {bench::micro::BoundBy::kCopying, copied * beam::kWordBytes});
}

void list(benchmark::State& state) { collect(state, bench::micro::Structure::kList); }
void tuples4(benchmark::State& state) { collect(state, bench::micro::Structure::kTuples4); }
void flat_maps(benchmark::State& state) { collect(state, bench::micro::Structure::kFlatMaps); }
void binaries64(benchmark::State& state) { collect(state, bench::micro::Structure::kBinaries64); }
void random_dag(benchmark::State& state) { collect(state, bench::micro::Structure::kDag); }
void random_chain(benchmark::State& state) { collect(state, bench::micro::Structure::kChain); }

BENCHMARK(list)->Name("copy/list")->Arg(kInCache)->Arg(kOutOfCache)->UseManualTime();
BENCHMARK(tuples4)->Name("copy/tuples4")->Arg(kInCache)->Arg(kOutOfCache)->UseManualTime();
BENCHMARK(flat_maps)->Name("copy/flat_maps")->Arg(kInCache)->Arg(kOutOfCache)->UseManualTime();
BENCHMARK(binaries64)->Name("copy/binaries64")->Arg(kInCache)->Arg(kOutOfCache)->UseManualTime();
BENCHMARK(random_dag)->Name("copy/random_dag")->Arg(kInCache)->Arg(kOutOfCache)->UseManualTime();
BENCHMARK(random_chain)
    ->Name("copy/random_chain")
    ->Arg(kInCache)
    ->Arg(kOutOfCache)
    ->UseManualTime();
BENCHMARK(bench::micro::copy_bound)->Name("copy/copy_bound")->Arg(kInCache)->Arg(kOutOfCache);

}  // namespace
