#include "bench/validate/validation.hpp"

#include <algorithm>
#include <iterator>

#include "bench/validate/shrink.hpp"

namespace bench::validate {
namespace {

// A real BEAM, and how the model is told to behave beside it.
struct Sides {
  const RealBeam& beam;
  const ModelRules& rules;
};

Outcome<std::vector<Comparison>> run_batch(std::span<const Program> programs, const Sides& sides) {
  const auto observed = sides.beam.run(programs);
  if (!observed) return observed.failure();
  return compare_programs(programs, observed.value(), sides.rules);
}

// The first ones are the shortest, and most likely to be enough: batches begin small.
Outcome<std::size_t> first_failing(std::span<const Program> programs, const Sides& sides) {
  constexpr std::size_t kFirstBatch = 8;
  std::size_t size = kFirstBatch;
  for (std::size_t from = 0; from < programs.size(); from += size, size *= 2) {
    const std::size_t count = std::min(size, programs.size() - from);
    const auto comparisons = run_batch(programs.subspan(from, count), sides);
    if (!comparisons) return comparisons.failure();
    const auto& all = comparisons.value();
    const auto failing = std::ranges::find_if(
        all, [](const Comparison& comparison) { return comparison.differences() != 0; });
    if (failing != all.end()) return from + static_cast<std::size_t>(failing - all.begin());
  }
  return programs.size();
}

Outcome<Counterexample> shrink_to_counterexample(const Program& program, const Sides& sides) {
  auto smallest = shrink(
      program, [&](std::span<const Program> simpler) { return first_failing(simpler, sides); });
  if (!smallest) return smallest.failure();
  auto comparison = run_batch(std::span(&smallest.value(), 1), sides);
  if (!comparison) return comparison.failure();
  return Counterexample{std::move(smallest).value(), std::move(comparison.value().front())};
}

}  // namespace

Outcome<Verdict> validate(std::span<const ModuleSpec> modules, std::span<const Program> programs,
                          const RealBeam& beam, const ModelRules& rules) {
  const Sides sides{beam, rules};
  Verdict verdict{beam.erl(), beam.release(), {}, {}};
  if (!modules.empty()) {
    const auto areas = beam.measure_areas(modules);
    if (!areas) return areas.failure();
    verdict.comparisons = compare_areas(areas.value());
  }
  for (std::size_t from = 0; from < programs.size(); from += kBatch) {
    auto batch = run_batch(programs.subspan(from, std::min(kBatch, programs.size() - from)), sides);
    if (!batch) return batch.failure();
    std::ranges::move(batch.value(), std::back_inserter(verdict.comparisons));
  }
  for (std::size_t i = 0; i < programs.size(); ++i) {
    if (verdict.comparisons[modules.size() + i].differences() == 0) continue;
    if (verdict.counterexamples.size() == kMaxShrunk) break;
    auto smallest = shrink_to_counterexample(programs[i], sides);
    if (!smallest) return smallest.failure();
    verdict.counterexamples.push_back(std::move(smallest).value());
  }
  return verdict;
}

}  // namespace bench::validate
