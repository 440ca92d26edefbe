#include "bench/report/table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/cells/measures.hpp"
#include "bench/cells/purge_timer.hpp"
#include "bench/report/contenders.hpp"
#include "bench/report/quantities.hpp"
#include "bench/report/scenarios.hpp"
#include "bench/report/standings.hpp"
#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kIndent = 2;

// Whether a column is shown, and whether with its spread.
struct Shown {
  bool column = false;
  bool spread = false;
};

// The order in which columns and spreads get room; a spread needs room for its column. A column or
// spread not listed here is shown only if asked for by name.
struct Room {
  std::string_view header;
  bool Shown::*part = &Shown::column;
};
constexpr auto kRoom = std::to_array<Room>({
    {"purge"},
    {"peak"},
    {"reserved"},
    {"pause max"},
    {"settled"},
    {"collected"},
    {"heap words"},
    {"dead words"},
    {"killed"},
    {"purge", &Shown::spread},
    {"trimmed"},
    {"pause p50"},
    {"pause p99"},
    {"copy"},
    {"scan"},
    {"gc"},
    {"release"},
    {"bystander max"},
    {"dead max"},
    {"efficiency"},
    {"reserved peak"},
    {"faults"},
    {"allocations"},
    {"peak", &Shown::spread},
    {"pause max", &Shown::spread},
    {"pause p50", &Shown::spread},
    {"settled", &Shown::spread},
    {"collected", &Shown::spread},
    {"scan", &Shown::spread},
    {"gc", &Shown::spread},
    {"copy", &Shown::spread},
    {"release", &Shown::spread},
    {"pause p99", &Shown::spread},
    {"bystander max", &Shown::spread},
    {"dead max", &Shown::spread},
    {"faults", &Shown::spread},
    {"trimmed", &Shown::spread},
});

bool several_strategies(std::span<const Row> rows) {
  return std::ranges::any_of(
      rows, [&](const Row& row) { return row.spec.strategy != rows.front().spec.strategy; });
}

std::string words_of(const cells::Spread& spread) {
  if (spread.min == spread.max) return format_count(spread.value);
  return fmt::format("{} to {}", format_count(spread.min), format_count(spread.max));
}

double growth(std::uint64_t before, std::uint64_t after) {
  return static_cast<double>(after) - static_cast<double>(before);
}

// The heaps of existing processes.
std::string heap_facts(const cells::CellSpec& spec, const cells::CellCounters& c) {
  std::vector<std::string> facts;
  if (spec.holders > 0) {
    facts.push_back(
        fmt::format("heap of a holder: {} words before, {} after, {} after a collection",
                    words_of(c.heap_words_before), words_of(c.heap_words_after),
                    words_of(c.heap_words_settled)));
  } else if (spec.bystanders > 0) {
    facts.push_back(
        fmt::format("heap of a bystander: {} words", words_of(c.bystander_heap_words_after)));
  }
  if (spec.dead_holders > 0) {
    facts.push_back(fmt::format("heap of a dead holder: {} words before, {} after",
                                format_count(c.dead_heap_words_before.value_or(0)),
                                format_count(c.dead_heap_words_after.value_or(0))));
  }
  return fmt::format("{}", fmt::join(facts, "; "));
}

// Facts decided by the seed.
std::string fixed_facts(const cells::CellSpec& spec, const cells::CellResult& result) {
  const cells::CellCounters& c = result.counters;
  std::string text = fmt::format("{}; reserved: {} more", heap_facts(spec, c),
                                 format_bytes(growth(c.reserved_before, c.reserved_after)));
  if (cells::deterministic(cells::measure("reserved_peak"), spec)) {
    text +=
        fmt::format(", {} at its peak", format_bytes(growth(c.reserved_before, c.reserved_peak)));
  }
  text += fmt::format("; allocations: {}", format_count(c.allocations));
  if (c.killed > 0) text += fmt::format("; killed: {}", format_count(c.killed));
  if (spec.rounds == 0) text += fmt::format("; rounds: {}", format_count(result.rounds));
  return text;
}

// Whether all cells of the scenario measured the same.
bool agree(const MeasuredScenario& scenario, const Quantity& quantity) {
  std::optional<stats::Sample> all;
  for (const auto& cell : scenario.cells) {
    const auto sample = quantity.sample(cell);
    if (!sample) continue;
    if (sample->min != sample->max || (all && all->min != sample->min)) return false;
    all = sample;
  }
  return true;
}

bool agree_on_fixed(const MeasuredScenario& scenario) {
  return std::ranges::all_of(table_quantities(), [&](const Quantity& quantity) {
    return !is_fixed(quantity, scenario.spec()) || agree(scenario, quantity);
  });
}

// The scenario, and the facts that the seed decided and all its cells share.
std::string title_of(const MeasuredScenario& scenario) {
  const cells::CellResult* any = scenario.any_result();
  std::string title = describe(scenario);
  if (any != nullptr && agree_on_fixed(scenario))
    title += "\n" + fixed_facts(scenario.spec(), *any);
  return title;
}

Cells cells_of(const MeasuredScenario& scenario) {
  Cells cells;
  for (const MeasuredCell& cell : scenario.cells) cells.push_back(&cell);
  return cells;
}

Cells cells_of(const std::vector<MeasuredScenario>& scenarios) {
  Cells all;
  for (const MeasuredScenario& scenario : scenarios) {
    const Cells cells = cells_of(scenario);
    all.insert(all.end(), cells.begin(), cells.end());
  }
  return all;
}

// The setting axes in which the cells differ.
std::vector<SettingAxis> varying_settings(const Cells& cells) {
  const ContenderNames names(cells);
  std::vector<SettingAxis> varying;
  for (const SettingAxis& axis : setting_axes()) {
    if (names.varies(axis)) varying.push_back(axis);
  }
  return varying;
}

// The table's own columns.
std::vector<Column> own_columns() {
  std::vector<Column> columns;
  for (const Quantity& quantity : table_quantities()) {
    if (std::ranges::find(kRoom, quantity.header, &Room::header) == kRoom.end()) continue;
    columns.push_back({.header = std::string(quantity.header),
                       .text =
                           [&quantity](const MeasuredCell& cell, bool spread) {
                             return format_sample(quantity, quantity.sample(cell), spread);
                           },
                       .quantity = &quantity});
  }
  return columns;
}

class ResultsTable {
 public:
  ResultsTable(std::span<const Row> rows, std::vector<Column> columns)
      : scenarios_(scenarios_of(rows)),
        strategies_(several_strategies(rows)),
        settings_(varying_settings(cells_of(scenarios_))),
        columns_(std::move(columns)),
        shown_(columns_.size()) {}

  // Gives room to the table's own columns and their spreads in the order of kRoom, up to the width.
  void fit(std::size_t width) {
    std::size_t used = build().width();
    for (const Room& room : kRoom) {
      const auto column = std::ranges::find(columns_, room.header, &Column::header);
      assert(column != columns_.end());
      Shown& shown = shown_[static_cast<std::size_t>(column - columns_.begin())];
      if (room.part == &Shown::spread ? !shown.column : !wants_column(*column->quantity)) continue;
      const std::size_t plain = width_of(*column, false);
      const std::size_t more =
          room.part == &Shown::spread ? width_of(*column, true) - plain : TextTable::kGap + plain;
      if (used + more > width) continue;
      shown.*room.part = true;
      spread_ = spread_ || shown.spread;
      used += more;
    }
  }

  // All columns in order; those that do not fit go into further tables below.
  [[nodiscard]] std::string pages(std::size_t width) {
    const std::size_t bare = build().width();
    std::string text;
    for (std::size_t i = 0; i < columns_.size();) {
      std::size_t used = bare;
      std::size_t last = i;
      for (; last < columns_.size(); ++last) {
        const std::size_t wider = TextTable::kGap + width_of(columns_[last], false);
        if (last != i && used + wider > width) break;
        used += wider;
        shown_[last].column = true;
      }
      widen(i, last, width - std::min(used, width));
      text += (text.empty() ? "" : "\n") + build().render(width);
      std::fill(shown_.begin(), shown_.end(), Shown());
      i = last;
    }
    std::fill(shown_.begin(), shown_.end(), Shown{.column = true});  // for the legend
    return text;
  }

  [[nodiscard]] TextTable build() const {
    TextTable table(headers(), kIndent);
    for (const MeasuredScenario& scenario : scenarios_) {
      table.add_section(title_of(scenario));
      const ContenderNames names(cells_of(scenario));
      for (const MeasuredCell& cell : scenario.cells) add_cell(table, names, cell);
    }
    return table;
  }

  // Explains columns whose headers do not suffice, and the figures.
  [[nodiscard]] std::string legend() const {
    if (std::ranges::none_of(shown_, &Shown::column)) return {};
    std::string text = meanings();
    if (!text.empty() && any_cell(times_in_batches)) {
      text += fmt::format("; of more than {} processes, pauses of bystanders are means of {}",
                          format_count(cells::PurgeTimer::kBatchFrom), cells::PurgeTimer::kBatch);
    }
    if (any_cell([](const cells::CellSpec& spec) { return !allocator_serves(spec); })) {
      text += text.empty() ? "" : "; ";
      text += "(allocator): none of what a purge asks for comes from it";
    }
    if (!text.empty()) text += ".";
    const auto counts = invocations();
    if (counts.empty() || *counts.rbegin() < 2) return text;
    return text + fmt::format("{}Medians over {}{}.", text.empty() ? "" : " ",
                              invocations_text(counts),
                              spread_ ? ", in brackets the least and the greatest of them" : "");
  }

 private:
  // The meaning of a shown column, or empty. Without the peak column it does not refer to peak.
  [[nodiscard]] std::string_view meaning_of(std::size_t column, bool peak) const {
    const Quantity* const quantity = columns_[column].quantity;
    if (!shown_[column].column || quantity == nullptr) return {};
    return peak || quantity->meaning_alone.empty() ? quantity->meaning : quantity->meaning_alone;
  }

  // "purge: ...; scan, gc: ...", headers with the same meaning together.
  [[nodiscard]] std::string meanings() const {
    std::vector<std::pair<std::string, std::string_view>> entries;  // headers and meaning
    bool peak = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string_view meaning = meaning_of(i, peak);
      if (meaning.empty()) continue;
      peak = peak || columns_[i].header == "peak";
      const auto same =
          std::ranges::find(entries, meaning, [](auto& entry) { return entry.second; });
      if (same == entries.end()) {
        entries.emplace_back(columns_[i].header, meaning);
      } else {
        same->first += ", " + columns_[i].header;
      }
    }
    std::string text;
    for (const auto& [headers, meaning] : entries)
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", headers, meaning);
    return text;
  }

  // The numbers of invocations that ran, over all cells.
  [[nodiscard]] std::set<std::size_t> invocations() const {
    std::set<std::size_t> counts;
    for (const MeasuredCell* const cell : cells_of(scenarios_)) {
      if (!cell->ran.empty()) counts.insert(cell->ran.size());
    }
    return counts;
  }

  // Whether any cell that ran satisfies `is`.
  template <class Is>
  [[nodiscard]] bool any_cell(Is is) const {
    return std::ranges::any_of(cells_of(scenarios_), [&](const MeasuredCell* cell) {
      return !cell->ran.empty() && is(cell->spec);
    });
  }

  // The cells of the columns between the allocator and the figures.
  [[nodiscard]] std::vector<std::string> setting_of(const cells::CellSpec& spec) const {
    std::vector<std::string> values;
    if (strategies_) values.push_back(printable(spec.strategy));
    for (const SettingAxis& axis : settings_) values.push_back(printable(spec.*axis.value));
    return values;
  }

  // Whether the quantity was measured and is not already in every title.
  [[nodiscard]] bool wants_column(const Quantity& quantity) const {
    return std::ranges::any_of(scenarios_, [&](const MeasuredScenario& scenario) {
      if (is_fixed(quantity, scenario.spec()) && agree_on_fixed(scenario)) return false;
      return std::ranges::any_of(scenario.cells, [&](const MeasuredCell& cell) {
        return quantity.sample(cell).has_value();
      });
    });
  }

  // Adds spreads to the columns [first, last) while there is room.
  void widen(std::size_t first, std::size_t last, std::size_t room) {
    for (std::size_t i = first; i < last; ++i) {
      const std::size_t wider = width_of(columns_[i], true) - width_of(columns_[i], false);
      if (wider > room) continue;
      shown_[i].spread = true;
      spread_ = spread_ || wider > 0;
      room -= wider;
    }
  }

  [[nodiscard]] std::size_t width_of(const Column& column, bool spread) const {
    std::size_t width = text_width(column.header);
    for (const auto& scenario : scenarios_) {
      for (const auto& cell : scenario.cells) {
        if (!cell.ran.empty()) width = std::max(width, text_width(column.text(cell, spread)));
      }
    }
    return width;
  }

  [[nodiscard]] std::vector<TextTable::Column> headers() const {
    std::vector<TextTable::Column> headers = {{"allocator", Align::kLeft}};
    if (strategies_) headers.push_back({"strategy", Align::kLeft});
    for (const SettingAxis& axis : settings_)
      headers.push_back({std::string(axis.name), Align::kLeft});
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (shown_[i].column) headers.push_back({columns_[i].header, columns_[i].align});
    }
    return headers;
  }

  [[nodiscard]] std::vector<std::string> values_of(const MeasuredCell& cell) const {
    std::vector<std::string> values = setting_of(cell.spec);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (shown_[i].column) values.push_back(columns_[i].text(cell, shown_[i].spread));
    }
    return values;
  }

  void add_cell(TextTable& table, const ContenderNames& names, const MeasuredCell& cell) const {
    std::string label = names.allocator(cell.spec);
    if (!allocator_serves(cell.spec)) label = "(" + label + ")";
    const std::size_t lost = cell.failed + cell.skipped;
    std::string what = cell.failed > 0 ? "failed" : "skipped";
    std::vector<std::string> values = setting_of(cell.spec);
    if (!values.empty()) what += fmt::format(" ({})", fmt::join(values, ", "));
    if (cell.ran.empty()) return table.add_note(label, fmt::format("{}: {}", what, cell.message));
    values = values_of(cell);
    values.insert(values.begin(), label);
    table.add_row(std::move(values));
    if (lost == 0) return;
    table.add_note("", fmt::format("{} of {} invocations {}: {}", lost, cell.invocations(), what,
                                   cell.message));
  }

  std::vector<MeasuredScenario> scenarios_;
  bool strategies_;
  std::vector<SettingAxis> settings_;  // those with a column
  std::vector<Column> columns_;
  std::vector<Shown> shown_;  // for each of them
  bool spread_ = false;       // some column is shown with its spread
};

}  // namespace

std::string results_table(std::span<const Row> rows, std::size_t width,
                          const ColumnNames& columns) {
  if (rows.empty()) return {};
  width = std::max(width, kNarrowest);
  ResultsTable table(rows, columns.empty() ? own_columns() : named_columns(columns));
  std::string text;
  if (columns.empty()) {
    table.fit(width);
    text = table.build().render(width);
  } else {
    text = table.pages(width);
  }
  const std::string legend = table.legend();
  return text + (legend.empty() ? "" : "\n" + wrapped(legend, width));
}

}  // namespace bench::report
