// The hardware's limits, measured in the same run: rows of the best kernels, and checks of all
// other rows against them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/cells/least_time.hpp"
#include "bench/cells/private_memory.hpp"
#include "bench/micro/bounds.hpp"
#include "engine/term/term.hpp"

namespace bench::micro {

inline void count_words(benchmark::State& state, std::size_t words) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(words * beam::kWordBytes));
  state.counters["words"] = static_cast<double>(words);
}

// The bound's least time so far, in ns; measured again if `anew`. Rows of equal work share it, so
// that all are compared with the best measurement.
inline double least_bound(LeastWork work, bool anew) {
  static std::map<std::pair<BoundBy, std::size_t>, double> known;
  const auto [entry, first] = known.try_emplace({work.bound, work.bytes}, 0.0);
  if (first) {
    entry->second = measure_bound(work);
  } else if (anew) {
    entry->second = std::min(entry->second, measure_bound(work));
  }
  return entry->second;
}

// Shows the ratio of the bound to the loop's least time, and fails the row if the loop beats the
// bound.
inline void hold_row_to_bound(benchmark::State& state, double loop_ns, LeastWork least) {
  bool anew = false;
  const BoundVerdict verdict =
      hold_to_bound(loop_ns, [&] { return least_bound(least, std::exchange(anew, true)); });
  state.counters["of_bound"] = verdict.bound_ns / loop_ns;
  if (!verdict.beaten) return;
  const std::string error = fmt::format(
      "the bound is wrong: {:.0f} ns, and the loop takes {:.0f} ns", verdict.bound_ns, loop_ns);
  state.SkipWithError(error.c_str());
}

// The fastest way to read `state.range(0)` words, or to copy them; the label names it.
inline void read_bound(benchmark::State& state) {
  const auto words = static_cast<std::size_t>(state.range(0));
  const cells::Fastest<cells::ReadKernel> best = cells::fastest_read(words * beam::kWordBytes);
  const cells::PrivateMemory from(words * beam::kWordBytes);
  if (best.kernel == nullptr || !from.ok()) return state.SkipWithError("no memory");
  from.touch();
  for (auto _ : state) benchmark::DoNotOptimize(best.kernel->read(from.words(), words));
  state.SetLabel(std::string(best.kernel->name));
  count_words(state, words);
}

inline void copy_bound(benchmark::State& state) {
  const auto words = static_cast<std::size_t>(state.range(0));
  const cells::Fastest<cells::CopyKernel> best = cells::fastest_copy(words * beam::kWordBytes);
  const cells::PrivateMemory from(words * beam::kWordBytes);
  const cells::PrivateMemory to(words * beam::kWordBytes);
  if (best.kernel == nullptr || !from.ok() || !to.ok()) return state.SkipWithError("no memory");
  from.touch();
  to.touch();
  for (auto _ : state) {
    best.kernel->copy(to.words(), from.words(), words);
    benchmark::ClobberMemory();
  }
  state.SetLabel(std::string(best.kernel->name));
  count_words(state, words);
}

}  // namespace bench::micro
