// The scan for literals over a process's heap that holds none, in cache and out of it, beside the
// scan that walks word by word and a plain read of as many words.
#include <benchmark/benchmark.h>

#include "bench/micro/bandwidth.hpp"
#include "bench/micro/structures.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "engine/purge/heap_scan.hpp"

namespace {

constexpr std::int64_t kInCache = 20'000;
constexpr std::int64_t kOutOfCache = 10'000'000;

using Scan = const beam::Word* (*)(const beam::Word*, std::size_t, beam::AddressRange) noexcept;

void scan_with(benchmark::State& state, bench::Structure structure, Scan scan) {
  beam::MallocBlocks blocks;
  const auto live =
      bench::build_structure(structure, static_cast<std::uint64_t>(state.range(0)), blocks);
  if (live == nullptr) return state.SkipWithError("no memory");
  const beam::Process& process = live->process;
  // A range that is in the literal space, as an area is, and that nothing points into.
  const beam::AddressRange literals = live->literals.range();
  const beam::AddressRange area{literals.base + literals.bytes / 2, literals.bytes / 2};
  for (auto _ : state) {
    benchmark::DoNotOptimize(scan(process.young.begin, process.used_words(), area));
  }
  bench::count_words(state, process.used_words());
}

void list(benchmark::State& state) {
  scan_with(state, bench::Structure::kList, beam::find_literal);
}
void tuples4(benchmark::State& state) {
  scan_with(state, bench::Structure::kTuples4, beam::find_literal);
}
void binaries64(benchmark::State& state) {
  scan_with(state, bench::Structure::kBinaries64, beam::find_literal);
}
void walked_list(benchmark::State& state) {
  scan_with(state, bench::Structure::kList, beam::find_literal_by_walking);
}
void walked_tuples4(benchmark::State& state) {
  scan_with(state, bench::Structure::kTuples4, beam::find_literal_by_walking);
}
void walked_binaries64(benchmark::State& state) {
  scan_with(state, bench::Structure::kBinaries64, beam::find_literal_by_walking);
}

BENCHMARK(list)->Name("scan/list")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(tuples4)->Name("scan/tuples4")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(binaries64)->Name("scan/binaries64")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(walked_list)->Name("scan/walked_list")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(walked_tuples4)->Name("scan/walked_tuples4")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(walked_binaries64)->Name("scan/walked_binaries64")->Arg(kInCache)->Arg(kOutOfCache);
BENCHMARK(bench::read_words)->Name("scan/read")->Arg(kInCache)->Arg(kOutOfCache);

}  // namespace
