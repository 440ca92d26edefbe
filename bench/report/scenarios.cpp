#include "bench/report/scenarios.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

void add_result(MeasuredCell& cell, const cells::CellResult& result) {
  if (ran(result)) return cell.ran.push_back(&result);
  ++(result.failed ? cell.failed : cell.skipped);
  if (cell.message.empty()) {
    cell.message = printable(result.failed ? result.error_message : result.skip_message);
  }
}

std::string plural(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", format_count(count), one, count == 1 ? "" : "s");
}

std::string describe_area(const cells::CellSpec& spec, const cells::CellResult* result) {
  const bool synthetic = spec.module.empty();
  std::string text = synthetic ? "an area" : "module " + printable(module_name(spec));
  const std::uint64_t words = result != nullptr ? result->counters.area_words : spec.area_words;
  if (synthetic || result != nullptr) {
    text += fmt::format("{} {} words ({})", synthetic ? " of" : ":", format_count(words),
                        format_bytes(8.0 * static_cast<double>(words)));
  }
  if (synthetic) text += fmt::format(", {} of {} words", spec.shape, format_count(spec.term_words));
  return text;
}

std::string describe_processes(const cells::CellSpec& spec) {
  std::string text = plural(spec.holders, "holder");
  if (spec.holders > 0) {
    text += holds_one_literal(spec) ? " of one literal"
                                    : fmt::format(" of {} words", format_count(spec.held_words));
    if (spec.holders > 1) text += " each";
  }
  text += ", " + plural(spec.bystanders, "bystander");
  if (spec.dead_holders > 0) text += ", " + plural(spec.dead_holders, "dead holder");
  if (spec.heap_words > 0) {
    text += fmt::format(", {} live words of their own", format_count(spec.heap_words));
  }
  return text;
}

std::string describe_rest(const cells::CellSpec& spec) {
  const cells::CellSpec defaults;
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

const cells::CellResult* MeasuredScenario::any_result() const {
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

std::string describe(const cells::CellSpec& spec, const cells::CellResult* result) {
  return fmt::format("{}; {}{}", describe_area(spec, result), describe_processes(spec),
                     describe_rest(spec));
}

}  // namespace bench::report
