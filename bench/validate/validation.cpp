#include "bench/validate/validation.hpp"

#include <algorithm>
#include <iterator>

#include "bench/validate/shrink.hpp"
#include "engine/base/result.hpp"

namespace bench::validate {
namespace {

// A real BEAM, and the rules of the model.
struct Sides {
  const RealBeam& beam;
  const ModelRules& rules;
};

Outcome<std::vector<Comparison>> run_batch(std::span<const Program> programs, const Sides& sides) {
  BEAM_TRY(const auto observed, sides.beam.run(programs));
  return compare_programs(programs, observed, sides.rules);
}

// The first ones are the shortest and the most likely to fail, so batches begin small.
Outcome<std::size_t> first_failing(std::span<const Program> programs, const Sides& sides) {
  constexpr std::size_t kFirstBatch = 8;
  std::size_t size = kFirstBatch;
  for (std::size_t from = 0; from < programs.size(); from += size, size *= 2) {
    const std::size_t count = std::min(size, programs.size() - from);
    BEAM_TRY(const auto all, run_batch(programs.subspan(from, count), sides));
    const auto failing = std::ranges::find_if(
        all, [](const Comparison& comparison) { return comparison.differences() != 0; });
    if (failing != all.end()) return from + static_cast<std::size_t>(failing - all.begin());
  }
  return programs.size();
}

Outcome<Counterexample> shrink_to_counterexample(const Program& program, const Sides& sides) {
  const auto failing = [&](std::span<const Program> simpler) {
    return first_failing(simpler, sides);
  };
  BEAM_TRY(auto smallest, shrink(program, failing));
  BEAM_TRY(auto comparison, run_batch(std::span(&smallest, 1), sides));
  return Counterexample{std::move(smallest), std::move(comparison.front())};
}

}  // namespace

Outcome<Verdict> validate(std::span<const ModuleSpec> modules, std::span<const Program> programs,
                          const RealBeam& beam, const ModelRules& rules) {
  const Sides sides{beam, rules};
  Verdict verdict{beam.erl(), beam.release(), {}, {}};
  if (!modules.empty()) {
    BEAM_TRY(const auto areas, beam.measure_areas(modules));
    verdict.comparisons = compare_areas(areas);
  }
  for (std::size_t from = 0; from < programs.size(); from += kBatch) {
    BEAM_TRY(auto batch,
             run_batch(programs.subspan(from, std::min(kBatch, programs.size() - from)), sides));
    std::ranges::move(batch, std::back_inserter(verdict.comparisons));
  }
  for (std::size_t i = 0; i < programs.size(); ++i) {
    if (verdict.comparisons[modules.size() + i].differences() == 0) continue;
    if (verdict.counterexamples.size() == kMaxShrunk) break;
    BEAM_TRY(auto smallest, shrink_to_counterexample(programs[i], sides));
    verdict.counterexamples.push_back(std::move(smallest));
  }
  return verdict;
}

}  // namespace bench::validate
