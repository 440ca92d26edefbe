#include "bench/report/summary.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bench/cells/figures.hpp"
#include "bench/cells/measures.hpp"
#include "bench/cells/purge_timer.hpp"
#include "bench/report/area_ranking.hpp"
#include "bench/report/contenders.hpp"
#include "bench/report/quantities.hpp"
#include "bench/report/scenarios.hpp"
#include "bench/report/setting_comparison.hpp"
#include "bench/report/standings.hpp"
#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

// Nobody reads more; the table has them all.
constexpr std::size_t kMostScenarios = 4;

// By the measure with this key.
std::vector<Standing> ranking(const std::vector<Contender>& contenders, std::string_view key) {
  return standings(contenders, {.name = {}, .lowest = {}, .measure = &cells::measure(key)});
}

// Less than the kernel's resolution; may be negative.
bool below_resolution(double bytes) { return bytes < static_cast<double>(kResolutionBytes); }

std::string growth_words(double bytes) {
  return below_resolution(bytes) ? "less than 0.25 MiB" : format_bytes(bytes);
}

std::string words_of(const cells::Spread& spread) {
  if (spread.min == spread.max) return format_count(spread.value);
  return fmt::format("between {} and {}", format_count(spread.min), format_count(spread.max));
}

// "3.00 MiB (glibc) to 42.0 MiB (mimalloc)"
std::string range_words(const std::vector<Standing>& ranked, std::string (*format)(double)) {
  const auto& least = ranked.front();
  const auto& most = ranked.back();
  std::string low = format(least.sample.median);
  const std::string high = format(most.sample.median);
  if (low == high) return low;
  return fmt::format("{} ({}) to {} ({})", low, least.name, high, most.name);
}

std::string held_words(const cells::CellSpec& spec) {
  if (!holds_one_literal(spec)) return fmt::format("{} words", format_count(spec.held_words));
  if (spec.module.empty()) return fmt::format("one {}-word literal", format_count(spec.term_words));
  return "one literal";
}

std::string holders_clause(const cells::CellSpec& spec) {
  const std::string held = held_words(spec);
  if (spec.holders == 1) return fmt::format("the holder of {} went", held);
  return fmt::format("each of {} holders of {} went", format_count(spec.holders), held);
}

// Of all processes together.
std::string reserved_clause(const cells::CellCounters& c) {
  const double reserved =
      static_cast<double>(c.reserved_after) - static_cast<double>(c.reserved_before);
  std::string text = fmt::format("{} more reserved", format_bytes(reserved));
  const auto area = static_cast<double>(c.area_bytes);
  if (area > 0 && reserved >= 2 * area) {
    text += fmt::format(", {:.0f} times the area", reserved / area);
  }
  return text;
}

// Processes that a scan takes for holders although they hold nothing.
std::string dead_clause(const cells::CellSpec& spec, const cells::CellCounters& c) {
  const std::uint64_t before = c.dead_heap_words_before.value_or(0);
  const std::uint64_t after = c.dead_heap_words_after.value_or(0);
  const std::string went =
      before == after ? "kept" : fmt::format("went from {} to", format_count(before));
  return fmt::format("{} process{} that held nothing but garbage that refers to the area {} {} "
                     "words",
                     format_count(spec.dead_holders), spec.dead_holders == 1 ? "" : "es", went,
                     format_count(after));
}

std::string heap_sentence(const cells::CellSpec& spec, const cells::CellCounters& c) {
  std::string text =
      fmt::format("With {}, {} from {} to {} words", printable(spec.strategy), holders_clause(spec),
                  words_of(c.heap_words_before), words_of(c.heap_words_after));
  if (spec.dead_holders > 0) text += ", and " + dead_clause(spec, c);
  text += ": " + reserved_clause(c);
  if (c.killed > 0) {
    text += fmt::format("; {} {} killed", format_count(c.killed), c.killed == 1 ? "was" : "were");
  }
  return text + ".";
}

std::string bystander_sentence(const cells::CellSpec& spec, const cells::CellCounters& c) {
  std::string text = fmt::format("With {}, nobody held a literal", printable(spec.strategy));
  if (spec.bystanders > 0) {
    text += fmt::format(": {} {} scanned, and kept {} words", format_count(spec.bystanders),
                        spec.bystanders == 1 ? "bystander was" : "bystanders were",
                        words_of(c.bystander_heap_words_after));
  }
  text += ".";
  if (spec.dead_holders == 0) return text;
  return text + fmt::format(" {}: {}.", dead_clause(spec, c), reserved_clause(c));
}

std::string resident_sentence(const std::vector<Standing>& peaks) {
  if (below_resolution(peaks.back().sample.median)) {
    return " Resident memory grew by less than 0.25 MiB at its peak.";
  }
  return fmt::format(" Resident memory grew by {} at its peak.", range_words(peaks, growth_words));
}

// Whose longest pause is reported, and by which measure.
struct Paused {
  std::string who;
  std::string_view key;
};

// A holder's; a dead holder's if there is none, and a bystander's if there is none of these.
Paused who_paused(const cells::CellSpec& spec, const cells::CellTimes& times) {
  if (spec.holders > 0) return {"a holder", "pause_max_ns"};
  if (times.dead_pause_max_ns) return {"a dead holder", "dead_pause_max_ns"};
  constexpr std::string_view kBystanders = "bystander_pause_max_ns";
  if (!times_in_batches(spec)) return {"a bystander", kBystanders};
  return {fmt::format("bystanders, in the mean of {} of them,", cells::PurgeTimer::kBatch),
          kBystanders};
}

// The purge is the median of the rounds, the pause is the longest of all rounds: neither follows
// from the other.
std::string time_sentence(const std::vector<Standing>& purges, const std::vector<Standing>& pauses,
                          std::uint64_t rounds, const std::string& paused) {
  const std::string took = range_words(purges, format_ns);
  std::string text = rounds == 1 ? fmt::format(" The purge took {}", took)
                                 : fmt::format(" A purge took {}, the median of {} rounds", took,
                                               format_count(rounds));
  text += fmt::format("; the longest pause of {}{} was {}.", paused,
                      rounds == 1 ? "" : " in any of them", range_words(pauses, format_ns));
  // The spread of fewer invocations means little.
  constexpr std::size_t kEnough = 3;
  if (purges.size() < 2 || purges[0].sample.count < kEnough || purges[1].sample.count < kEnough ||
      !purges[0].sample.apart_from(purges[1].sample)) {
    return text;
  }
  return text + fmt::format(" The fastest is {}.", purges[0].name);
}

std::string recovery_sentence(const cells::CellCounters& c,
                              const std::vector<Standing>& collected) {
  std::string text =
      fmt::format(" After a collection a holder has {} words", words_of(c.heap_words_settled));
  if (below_resolution(collected.back().sample.median)) {
    return text + ", and resident memory is back where it was.";
  }
  return text + fmt::format("; resident memory then stays {} above the start.",
                            range_words(collected, growth_words));
}

// The sentences of one strategy in one scenario.
std::string strategy_words(const Cells& cells) {
  const cells::CellSpec& spec = cells.front()->spec;
  const cells::CellResult& first = *cells.front()->ran.front();
  const bool holders = spec.holders > 0;
  const ContenderNames names(cells);
  const auto contenders = contenders_of(cells, names);
  std::string text =
      holders ? heap_sentence(spec, first.counters) : bystander_sentence(spec, first.counters);
  text += resident_sentence(ranking(contenders, "resident_peak"));
  const Paused paused = who_paused(spec, first.times);
  text += time_sentence(ranking(contenders, "purge_ns"), ranking(contenders, paused.key),
                        first.rounds, paused.who);
  for (const Contest& contest : contests())
    text += lowest_sentence(standings(contenders, contest), contest);
  text += setting_sentences(contenders, names);
  if (holders) text += recovery_sentence(first.counters, ranking(contenders, "resident_collected"));
  return text;
}

// The cells that ran, by strategy, each in the order of the scenario.
std::vector<Cells> by_strategy(const MeasuredScenario& scenario) {
  std::vector<Cells> strategies;
  for (const auto& cell : scenario.cells) {
    if (cell.ran.empty()) continue;
    const auto same = std::ranges::find_if(strategies, [&](const Cells& cells) {
      return cells.front()->spec.strategy == cell.spec.strategy;
    });
    if (same == strategies.end()) {
      strategies.push_back({&cell});
    } else {
      same->push_back(&cell);
    }
  }
  return strategies;
}

std::string scenario_words(const MeasuredScenario& scenario, std::size_t width) {
  std::string text = wrapped(fmt::format("Purging {}:", describe(scenario)), width);
  for (const Cells& cells : by_strategy(scenario))
    text += wrapped("  " + strategy_words(cells), width, 2);
  return text;
}

// How many invocations the medians are of, and when one figure counts as lower.
std::string statistics_words(const std::vector<MeasuredScenario>& scenarios) {
  std::set<std::size_t> counts;
  bool ordered = false;
  Cells all;
  for (const auto& scenario : scenarios) {
    for (const Cells& cells : by_strategy(scenario)) {
      const auto contenders = contenders_of(cells, ContenderNames(cells));
      for (const Contender& each : contenders) counts.insert(each.cell.ran.size());
      ordered = ordered || contenders.size() > 1;
      all.insert(all.end(), cells.begin(), cells.end());
    }
  }
  if (counts.empty()) return {};
  std::string text;
  if (*counts.rbegin() > 1) {
    text = fmt::format("Times and resident memory are medians over {}.", invocations_text(counts));
  }
  if (ordered) {
    text += fmt::format("{}One is called lower than another where {}.", text.empty() ? "" : " ",
                        order_rule(counts));
  }
  const std::string unserved = unserved_sentences(all);
  if (!unserved.empty() && !text.empty()) text += ' ';
  return text + unserved;
}

std::string losses(const std::vector<MeasuredScenario>& scenarios) {
  std::size_t failed = 0;
  std::size_t skipped = 0;
  for (const auto& scenario : scenarios) {
    for (const auto& cell : scenario.cells) {
      failed += cell.failed > 0 ? 1 : 0;
      skipped += cell.failed == 0 && cell.skipped > 0 ? 1 : 0;
    }
  }
  std::string text;
  const auto cells = [](std::size_t n) { return fmt::format("{} cell{}", n, n == 1 ? "" : "s"); };
  if (failed > 0) text += cells(failed) + " failed";
  if (skipped > 0) text += (text.empty() ? "" : ", ") + cells(skipped) + " did not fit into memory";
  return text.empty() ? text : text + ": the table says why.";
}

// A floor that was beaten is not a bound.
std::string beaten_floors(const std::vector<MeasuredScenario>& scenarios) {
  std::size_t beaten = 0;
  for (const auto& scenario : scenarios) {
    for (const auto& cell : scenario.cells) {
      const auto efficiency =
          cell.sample([](const cells::CellResult& r) { return std::optional(r.times.efficiency); });
      if (efficiency && cells::beats_floor(efficiency->median)) ++beaten;
    }
  }
  if (beaten == 0) return {};
  return fmt::format("In {} cell{} the purge took less than the floor, which is wrong there: "
                     "efficiency above 100% is no merit.",
                     beaten, beaten == 1 ? "" : "s");
}

}  // namespace

std::string summary(std::span<const Row> rows, std::size_t width) {
  const auto scenarios = scenarios_of(rows);
  std::string text;
  std::size_t shown = 0;
  std::size_t left_out = 0;
  for (const auto& scenario : scenarios) {
    if (scenario.any_result() == nullptr) continue;
    if (shown == kMostScenarios) {
      ++left_out;
      continue;
    }
    if (shown > 0) text += "\n";
    text += scenario_words(scenario, width);
    ++shown;
  }
  if (left_out > 0) {
    text += wrapped(fmt::format("\n{} in the table.",
                                left_out == 1 ? "1 more scenario is"
                                              : fmt::format("{} more scenarios are", left_out)),
                    width);
  }
  const std::string statistics = statistics_words(scenarios);
  if (!statistics.empty()) text += "\n" + wrapped(statistics, width);
  const std::string by_area = area_ranking(scenarios, width);
  if (!by_area.empty()) text += "\n" + by_area;
  const std::string lost = losses(scenarios);
  if (!lost.empty()) text += wrapped((text.empty() ? "" : "\n") + lost, width);
  const std::string beaten = beaten_floors(scenarios);
  if (!beaten.empty()) text += wrapped("\n" + beaten, width);
  return text;
}

}  // namespace bench::report
