#include "bench/report/scenarios.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench {

namespace {

void add_result(MeasuredCell& cell, const CellResult& result) {
  if (!result.failed && !result.skipped) return cell.ran.push_back(&result);
  ++(result.failed ? cell.failed : cell.skipped);
  if (cell.message.empty()) {
    cell.message = printable(result.failed ? result.error_message : result.skip_message);
  }
}

constexpr double kLowTail = 0.025;  // of a 95% interval

// The chance that at least `wanted` of `count` draws hit, each with the chance `hit`.
double at_least(std::size_t wanted, std::size_t count, double hit) {
  double sum = 0;
  for (std::size_t k = wanted; k <= count; ++k) {
    const auto n = static_cast<double>(count);
    const auto hits = static_cast<double>(k);
    const double ways = std::lgamma(n + 1) - std::lgamma(hits + 1) - std::lgamma(n - hits + 1);
    const double misses = k == count ? 0 : (n - hits) * std::log1p(-hit);
    sum += std::exp(ways + hits * std::log(hit) + misses);
  }
  return sum;
}

// The rank (0-based) of the value that a resample of `count` values has at its own rank `middle` or
// below with the chance `tail`. The bootstrap's distribution is known exactly, so nothing is drawn:
// a resample's value of rank m is at most the one of rank r when m + 1 draws of `count` hit the
// first r + 1.
std::size_t resampled_rank(std::size_t count, std::size_t middle, double tail) {
  std::size_t rank = 0;
  while (rank + 1 < count) {
    const double hit = static_cast<double>(rank + 1) / static_cast<double>(count);
    if (at_least(middle + 1, count, hit) > tail) break;
    ++rank;
  }
  return rank;
}

std::string plural(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", format_count(count), one, count == 1 ? "" : "s");
}

std::string describe_area(const CellSpec& spec, const CellResult* result) {
  const bool synthetic = spec.module.empty();
  std::string text = synthetic ? "an area" : "module " + printable(module_stem(spec.module));
  const std::uint64_t words = result != nullptr ? result->counters.area_words : spec.area_words;
  if (synthetic || result != nullptr) {
    text += fmt::format("{} {} words ({})", synthetic ? " of" : ":", format_count(words),
                        format_bytes(8.0 * static_cast<double>(words)));
  }
  if (synthetic) text += fmt::format(", {} of {} words", spec.shape, format_count(spec.term_words));
  return text;
}

std::string describe_processes(const CellSpec& spec) {
  std::string text = plural(spec.holders, "holder");
  if (spec.holders > 0) {
    text += spec.held_words == 0 || (spec.module.empty() && spec.held_words == spec.term_words)
                ? " of one literal"
                : fmt::format(" of {} words", format_count(spec.held_words));
    if (spec.holders > 1) text += " each";
  }
  text += ", " + plural(spec.bystanders, "bystander");
  if (spec.heap_words > 0) {
    text += fmt::format(", {} live words of their own", format_count(spec.heap_words));
  }
  return text;
}

std::string describe_rest(const CellSpec& spec) {
  const CellSpec defaults;
  std::string text;
  if (spec.touch_pages != 0) text += "; " + plural(spec.touch_pages, "touched page");
  if (spec.schedulers != defaults.schedulers) text += "; " + plural(spec.schedulers, "scheduler");
  if (spec.rounds != defaults.rounds) text += "; " + plural(spec.rounds, "round");
  if (spec.seed != defaults.seed) text += fmt::format("; seed {}", spec.seed);
  if (spec.literal_space_bytes != defaults.literal_space_bytes) {
    text += fmt::format("; literal space of {}",
                        format_bytes(static_cast<double>(spec.literal_space_bytes)));
  }
  return text;
}

}  // namespace

Sample sample_of(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t count = values.size();
  const std::size_t upper = count / 2;
  const std::size_t lower = (count - 1) / 2;
  return {(values[lower] + values[upper]) / 2,
          values.front(),
          values.back(),
          count,
          values[resampled_rank(count, lower, kLowTail)],
          values[resampled_rank(count, upper, 1 - kLowTail)]};
}

const CellResult* MeasuredScenario::any_result() const {
  const auto ran = std::ranges::find_if(cells, [](const auto& cell) { return !cell.ran.empty(); });
  return ran == cells.end() ? nullptr : ran->ran.front();
}

std::vector<MeasuredScenario> scenarios_of(std::span<const Row> rows) {
  std::vector<MeasuredScenario> scenarios;
  std::map<std::string, std::size_t> scenario_at;
  std::map<std::string, std::size_t> cell_at;
  for (const Row& row : rows) {
    const auto [scenario, new_scenario] =
        scenario_at.try_emplace(scenario_name(row.spec), scenarios.size());
    if (new_scenario) scenarios.emplace_back();
    auto& cells = scenarios[scenario->second].cells;
    const auto [cell, new_cell] = cell_at.try_emplace(cell_name(row.spec), cells.size());
    if (new_cell) cells.push_back({row.spec, {}, 0, 0, {}});
    add_result(cells[cell->second], row.result);
  }
  return scenarios;
}

std::string describe(const CellSpec& spec, const CellResult* result) {
  return fmt::format("{}; {}{}", describe_area(spec, result), describe_processes(spec),
                     describe_rest(spec));
}

std::string contender(const CellSpec& spec) {
  const CellSpec defaults;
  std::string text = printable(spec.allocator.substr(spec.allocator.rfind('/') + 1));
  if (spec.blocks != defaults.blocks) text += " blocks:" + printable(spec.blocks);
  if (spec.temp != defaults.temp) text += " temp:" + printable(spec.temp);
  if (spec.thp != defaults.thp) text += " thp:" + printable(spec.thp);
  return text;
}

}  // namespace bench
