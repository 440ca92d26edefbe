#include "bench/report/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/run_diff.hpp"
#include "bench/report/run_file.hpp"
#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace {

using Json = nlohmann::ordered_json;

// Where these differ, times cannot be compared.
constexpr std::array<std::string_view, 8> kMachineKeys = {
    "host_name", "cpu_model", "num_cpus", "kernel",
    "thp",       "compiler",  "flags",    "library_build_type"};

struct ContextDiff {
  std::string_view key;
  std::string base;
  std::string contender;
};

std::string context_of(const RunFile& file, std::string_view key) {
  const auto at = file.context.find(key);
  return at == file.context.end() ? "" : at->second;
}

std::vector<ContextDiff> diff_contexts(const RunFile& base, const RunFile& contender) {
  std::vector<ContextDiff> diffs;
  for (const auto key : kMachineKeys) {
    ContextDiff diff = {key, context_of(base, key), context_of(contender, key)};
    if (diff.base != diff.contender) diffs.push_back(std::move(diff));
  }
  return diffs;
}

constexpr std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRegressed:
      return "regressed";
    case Verdict::kImproved:
      return "improved";
    case Verdict::kSkipped:
      return "skipped";
    case Verdict::kFailedBefore:
      return "failed before";
    case Verdict::kEqual:
      break;
  }
  return "equal";
}

std::string_view word_of(const CounterDiff& counter) {
  if (counter.contender == counter.base) return "equal";
  return counter.contender > counter.base ? "grew" : "shrank";
}

// ---- for the terminal

// "x1.15", "+3.00 MiB", "<0.25 MiB"
std::string change_text(const MeasureDiff& diff) {
  const double change = diff.contender.median - diff.base.median;
  if (diff.measure->unit == cells::MeasureUnit::kBytes &&
      std::abs(change) < static_cast<double>(kResolutionBytes)) {
    return format_growth(change);
  }
  const auto ratio = diff.ratio();
  return ratio ? format_ratio(*ratio) : "from 0";
}

std::string certainty_text(const MeasureDiff& diff) {
  const auto certainty = diff.certainty();
  if (certainty == "one each") return "one sample";
  return fmt::format("{} intervals {}", stats::format_level(diff.level()), certainty);
}

void add_counter(TextTable& table, const CounterDiff& counter, bool input) {
  const bool grew = counter.contender > counter.base;
  const std::uint64_t change =
      grew ? counter.contender - counter.base : counter.base - counter.contender;
  std::string what = input ? "input differs" : grew ? "GREW" : "shrank";
  if (counter.contender == counter.base) what = "varies between invocations";
  table.add_row({std::string(counter.key), format_count(counter.base),
                 format_count(counter.contender),
                 fmt::format("{}{}", grew ? "+" : "-", format_count(change)), what});
}

void add_cell(TextTable& table, const CellDiff& cell) {
  table.add_section(fmt::format("{}: {}", word_of(cell.verdict), printable(cell.name)));
  if (!cell.message.empty()) table.add_note("message", printable(cell.message));
  for (const auto& counter : cell.inputs) add_counter(table, counter, true);
  std::size_t equal = 0;
  for (const auto& counter : cell.gated) {
    const bool same = counter.base == counter.contender && !counter.varies;
    equal += same ? 1 : 0;
    if (!same) add_counter(table, counter, false);
  }
  if (equal > 0) table.add_row({"counters", std::to_string(equal), std::to_string(equal), "equal"});
  for (const auto key : cell.missing) table.add_row({std::string(key), "", "", "", "not in NEW"});
  for (const auto& diff : cell.measures) {
    table.add_row({std::string(diff.measure->key),
                   format_value(diff.measure->unit, diff.base.median),
                   format_value(diff.measure->unit, diff.contender.median), change_text(diff),
                   certainty_text(diff)});
  }
}

std::string heading(const RunFile& base, const RunFile& contender, std::size_t width) {
  std::string text;
  for (const auto* file : {&base, &contender}) {
    const std::string commit = context_of(*file, "commit");
    std::string line = file == &base ? "BASE  " : "NEW   ";
    line += printable(file->path.string());
    if (!commit.empty()) line += "  commit " + printable(commit);
    if (context_of(*file, "dirty") == "true") line += " and uncommitted changes";
    text += wrapped(line, width, 6);
  }
  for (const auto& diff : diff_contexts(base, contender)) {
    text += wrapped(fmt::format(R"({} differs, so times may: "{}" and "{}")", diff.key,
                                printable(diff.base), printable(diff.contender)),
                    width, 6);
  }
  return text + "\n" +
         wrapped("Counters are the greatest of a cell's invocations; times and memory are their "
                 "medians, with the level of the medians' intervals.",
                 width) +
         "\n";
}

std::string unmatched(std::string_view side, const std::vector<std::string>& names,
                      std::size_t width) {
  if (names.empty()) return {};
  std::string text = fmt::format("\nOnly in {}:\n", side);
  for (const auto& name : names) text += wrapped("  " + printable(name), width, 6);
  return text;
}

std::string verdict_line(const RunDiff& diff) {
  return fmt::format("\n{} cells compared: {} regressed, {} improved, {} equal, {} skipped or "
                     "failed before. Times and resident memory judge nothing, nor does "
                     "reserved_peak where several schedulers purge.",
                     diff.cells.size(), diff.count(Verdict::kRegressed),
                     diff.count(Verdict::kImproved), diff.count(Verdict::kEqual),
                     diff.count(Verdict::kSkipped) + diff.count(Verdict::kFailedBefore));
}

std::string text_of(const RunFile& base, const RunFile& contender, const RunDiff& diff,
                    std::size_t width) {
  constexpr std::size_t kIndent = 2;
  TextTable table({{"", Align::kLeft}, {"base"}, {"new"}, {"change"}, {"", Align::kLeft}}, kIndent);
  for (const auto& cell : diff.cells) add_cell(table, cell);
  return heading(base, contender, width) + table.render(width) +
         unmatched("BASE", diff.only_in_base, width) +
         unmatched("NEW", diff.only_in_contender, width) + wrapped(verdict_line(diff), width);
}

// ---- as JSON

Json sample_json(const stats::Sample& sample) {
  return {{"median", sample.median}, {"min", sample.min}, {"max", sample.max},
          {"count", sample.count},   {"low", sample.low}, {"high", sample.high},
          {"level", sample.level}};
}

Json counters_json(const std::vector<CounterDiff>& counters) {
  Json all = Json::array();
  for (const auto& counter : counters) {
    all.push_back({{"name", counter.key},
                   {"base", counter.base},
                   {"new", counter.contender},
                   {"change", word_of(counter)},
                   {"varies", counter.varies}});
  }
  return all;
}

Json cell_json(const CellDiff& cell) {
  Json measures = Json::array();
  for (const auto& diff : cell.measures) {
    const auto ratio = diff.ratio();
    measures.push_back({{"name", diff.measure->key},
                        {"unit", unit_name(diff.measure->unit)},
                        {"base", sample_json(diff.base)},
                        {"new", sample_json(diff.contender)},
                        {"ratio", ratio ? Json(*ratio) : Json()},
                        {"certainty", diff.certainty()}});
  }
  return {{"name", cell.name},
          {"verdict", word_of(cell.verdict)},
          {"message", cell.message},
          {"counters", counters_json(cell.gated)},
          {"inputs", counters_json(cell.inputs)},
          {"missing", cell.missing},
          {"measures", std::move(measures)}};
}

std::string json_of(const RunFile& base, const RunFile& contender, const RunDiff& diff) {
  Json contexts = Json::array();
  for (const auto& context : diff_contexts(base, contender)) {
    contexts.push_back({{"key", context.key}, {"base", context.base}, {"new", context.contender}});
  }
  Json cells = Json::array();
  for (const auto& cell : diff.cells) cells.push_back(cell_json(cell));
  const Json root = {{"base", base.path.string()},
                     {"new", contender.path.string()},
                     {"regressed", diff.count(Verdict::kRegressed)},
                     {"improved", diff.count(Verdict::kImproved)},
                     {"context_differences", std::move(contexts)},
                     {"cells", std::move(cells)},
                     {"only_in_base", diff.only_in_base},
                     {"only_in_new", diff.only_in_contender}};
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Outcome<Comparison> compare_runs(const std::filesystem::path& base,
                                 const std::filesystem::path& contender, std::size_t width) {
  BEAM_TRY(const auto before, read_run_file(base));
  BEAM_TRY(const auto after, read_run_file(contender));
  const RunDiff diff = diff_runs(before, after);
  if (diff.cells.empty()) {
    return Failure{fmt::format("no cell of {} ({} cells) is in {} ({} cells)", before.path.string(),
                               before.cells.size(), after.path.string(), after.cells.size())};
  }
  return Comparison{text_of(before, after, diff, width), json_of(before, after, diff),
                    diff.count(Verdict::kRegressed) > 0};
}

}  // namespace bench::report
