#include "bench/report/run_diff.hpp"

#include <algorithm>

#include "bench/report/cell_name.hpp"

namespace bench::report {

namespace {

std::optional<CounterDiff> diff_counter(const RunCell& base, const RunCell& contender,
                                        std::string_view key) {
  const auto before = base.counters.find(key);
  const auto after = contender.counters.find(key);
  if (before == base.counters.end() || after == contender.counters.end()) return std::nullopt;
  const auto [base_min, base_max] = std::ranges::minmax(before->second);
  const auto [min, max] = std::ranges::minmax(after->second);
  return CounterDiff{key, base_max, max, base_min != base_max || min != max};
}

void diff_counters(const RunCell& base, const RunCell& contender, const cells::CellSpec& spec,
                   CellDiff& diff) {
  for (const cells::Measure* const measure : gated_measures(spec)) {
    if (const auto counter = diff_counter(base, contender, measure->key)) {
      diff.gated.push_back(*counter);
    } else if (base.counters.contains(measure->key)) {
      diff.missing.push_back(measure->key);
    }
  }
  for (const cells::Measure& measure : cells::measures()) {
    if (measure.compared != cells::Compared::kInput) continue;
    const auto counter = diff_counter(base, contender, measure.key);
    if (counter && counter->base != counter->contender) diff.inputs.push_back(*counter);
  }
}

void diff_measures(const RunCell& base, const RunCell& contender, const cells::CellSpec& spec,
                   CellDiff& diff) {
  for (const cells::Measure& measure : cells::measures()) {
    if (measure.compared != cells::Compared::kYes || cells::deterministic(measure, spec)) continue;
    const auto before = base.samples.find(measure.key);
    const auto after = contender.samples.find(measure.key);
    if (before == base.samples.end() || after == contender.samples.end()) continue;
    diff.measures.push_back(
        {&measure, stats::sample_of(before->second), stats::sample_of(after->second)});
  }
}

Verdict verdict_of(const std::vector<CounterDiff>& counters) {
  const auto grew = [](const CounterDiff& c) { return c.contender > c.base; };
  const auto shrank = [](const CounterDiff& c) { return c.contender < c.base; };
  if (std::ranges::any_of(counters, grew)) return Verdict::kRegressed;
  return std::ranges::any_of(counters, shrank) ? Verdict::kImproved : Verdict::kEqual;
}

CellDiff diff_cell(const RunCell& base, const RunCell& contender) {
  CellDiff diff;
  diff.name = base.name;
  diff.message = contender.failed + contender.skipped > 0 ? contender.message : base.message;
  if (base.ran > 0 && contender.ran > 0) {
    // A name that does not parse is another program's, whose rows have no key that depends on the
    // spec.
    const cells::CellSpec spec = parse_cell_name(base.name).value_or(cells::CellSpec());
    diff_counters(base, contender, spec, diff);
    diff_measures(base, contender, spec, diff);
    diff.verdict = verdict_of(diff.gated);
  }
  if (contender.failed > 0 && base.failed == 0) {
    diff.verdict = Verdict::kRegressed;
  } else if (base.failed > 0 && (base.ran == 0 || contender.ran == 0)) {
    diff.verdict = Verdict::kFailedBefore;
  } else if (base.ran == 0 || contender.ran == 0) {
    diff.verdict = Verdict::kSkipped;
  }
  return diff;
}

}  // namespace

std::vector<const cells::Measure*> gated_measures(const cells::CellSpec& spec) {
  std::vector<const cells::Measure*> gated;
  for (const cells::Measure& measure : cells::measures()) {
    if (measure.compared == cells::Compared::kYes && cells::deterministic(measure, spec))
      gated.push_back(&measure);
  }
  std::stable_partition(gated.begin(), gated.end(), [](const cells::Measure* measure) {
    return measure->on != cells::MeasuredOn::kBystanders;
  });
  return gated;
}

std::optional<double> MeasureDiff::ratio() const {
  if (base.median <= 0) return std::nullopt;
  return contender.median / base.median;
}

std::string_view MeasureDiff::certainty() const {
  if (base.count < 2 || contender.count < 2) return "one each";
  return base.apart_from(contender) ? "apart" : "overlap";
}

double MeasureDiff::level() const { return std::min(base.level, contender.level); }

std::size_t RunDiff::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count(cells, verdict, &CellDiff::verdict));
}

RunDiff diff_runs(const RunFile& base, const RunFile& contender) {
  RunDiff diff;
  for (const RunCell& cell : base.cells) {
    if (const RunCell* match = contender.find(cell.name)) {
      diff.cells.push_back(diff_cell(cell, *match));
    } else {
      diff.only_in_base.push_back(cell.name);
    }
  }
  for (const RunCell& cell : contender.cells) {
    if (base.find(cell.name) == nullptr) diff.only_in_contender.push_back(cell.name);
  }
  return diff;
}

}  // namespace bench::report
