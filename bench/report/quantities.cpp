#include "bench/report/quantities.hpp"

#include <array>

#include <fmt/format.h>

#include "bench/cells/figures.hpp"
#include "bench/cells/purge_timer.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

std::string format_percent(double value) {
  const double percent = 100 * value;
  return fmt::format("{:.{}f}%", percent, percent < 1 ? 2 : percent < 10 ? 1 : 0);
}

// Above 1 the floor was beaten, so it is no bound: the figure is kept and marked.
std::string format_efficiency(double value) {
  return format_percent(value) + (cells::beats_floor(value) ? "!" : "");
}

constexpr std::string_view kPhase = "thread time of a purge, median of the rounds";
constexpr std::string_view kPercentile = "of all pauses of holders in all rounds";

std::array<Quantity, 24> make_quantities() {
  return {{
      {"purge", &cells::measure("purge_ns"),
       "wall time until the area is freed, median of the rounds"},
      {"scan", &cells::measure("scan_ns"), kPhase},
      {"gc", &cells::measure("gc_ns"), kPhase},
      {"copy", &cells::measure("copy_ns"), kPhase},
      {"release", &cells::measure("release_ns"), kPhase},
      {"pause p50", &cells::measure("pause_p50_ns"), kPercentile},
      {"pause p99", &cells::measure("pause_p99_ns"), kPercentile},
      {"pause max", &cells::measure("pause_max_ns"), "the longest of a holder in any round"},
      {"bystander max", &cells::measure("bystander_pause_max_ns"),
       "the longest pause of another in any round"},
      {"dead max", &cells::measure("dead_pause_max_ns"),
       "the longest pause of a dead holder in any round"},
      {"heap words", &cells::measure("heap_words_after"), "of the largest holder, after the purge"},
      {"dead words", &cells::measure("dead_heap_words_after"),
       "heap words of the largest dead holder, after the purge"},
      {"allocations", &cells::measure("allocations"), "blocks asked for in one purge"},
      {"killed", &cells::measure("killed")},
      {"reserved", &cells::measure("reserved_after"), "growth of what the heaps asked for"},
      {"reserved peak", &cells::measure("reserved_peak"), "the most that this grew in any round"},
      {"peak",
       &cells::measure("resident_peak"),
       "how far resident memory rose above its reading before the first purge",
       {},
       format_growth},
      {"settled", &cells::measure("resident_settled"), "the same after the last --settle",
       "how far resident memory was above its reading before the first purge, after the last "
       "--settle",
       format_growth},
      {"collected", &cells::measure("resident_collected"),
       "the same after a collection of the holders",
       "how far resident memory was above its reading before the first purge, after a collection "
       "of the holders",
       format_growth},
      {"trimmed", &cells::measure("resident_trimmed"),
       "the same after the allocator was asked to give back",
       "how far resident memory was above its reading before the first purge, after the allocator "
       "was asked to give back",
       format_growth},
      {"faults", &cells::measure("minor_faults"), "page faults of a purge, median of the rounds"},
      {"efficiency",
       &cells::measure("efficiency"),
       "floor / purge; with a ! the floor is wrong",
       {},
       format_efficiency},
      {"virtual", &cells::measure("virtual_after"),
       "growth of the address space, from before the first purge to after the last"},
      {"virtual peak", &cells::measure("virtual_peak"),
       "how far the address space was at most, in the child's whole life, above its size before "
       "the first purge"},
  }};
}

// Every round has a sample of each holder, and every heap has words.
bool has_process(cells::MeasuredOn on, const cells::CellCounters& counters) {
  if (on == cells::MeasuredOn::kHolders) return counters.pause_samples != 0;
  if (on == cells::MeasuredOn::kDeadHolders) return counters.dead_heap_words_after.has_value();
  return on != cells::MeasuredOn::kBystanders || counters.bystander_heap_words_after.max != 0;
}

std::string_view unit_of(std::string_view text) {
  const std::size_t blank = text.rfind(' ');
  return blank == std::string_view::npos ? std::string_view() : text.substr(blank);
}

// `text` without its unit if that is `unit`.
std::string_view without(std::string_view text, std::string_view unit) {
  if (unit_of(text) == unit) text.remove_suffix(unit.size());
  return text;
}

}  // namespace

bool is_fixed(const Quantity& quantity, const cells::CellSpec& spec) {
  return cells::deterministic(*quantity.measure, spec);
}

bool times_in_batches(const cells::CellSpec& spec) {
  return spec.schedulers == 1 && spec.processes() > cells::PurgeTimer::kBatchFrom;
}

std::optional<double> Quantity::read(const cells::CellResult& result) const {
  if (!has_process(measure->on, result.counters)) return std::nullopt;
  return cells::growth_of(*measure, result);
}

std::optional<stats::Sample> Quantity::sample(const MeasuredCell& cell) const {
  return cell.sample([this](const cells::CellResult& result) { return read(result); });
}

std::span<const Quantity> table_quantities() {
  static const auto kQuantities = make_quantities();
  return kQuantities;
}

std::string format_sample(const Quantity& quantity, const std::optional<stats::Sample>& sample,
                          bool spread) {
  if (quantity.format != nullptr) return format_sample(quantity.format, sample, spread);
  const auto unit = quantity.measure->unit;
  return format_sample([unit](double value) { return format_value(unit, value); }, sample, spread);
}

std::string format_sample(const std::function<std::string(double)>& format,
                          const std::optional<stats::Sample>& sample, bool spread) {
  if (!sample) return "-";
  std::string median = format(sample->median);
  if (!spread || sample->count < 2) return median;
  const auto unit = unit_of(median);
  const std::string min = format(sample->min);
  const std::string max = format(sample->max);
  return fmt::format("{} [{}..{}]", median, without(min, unit), without(max, unit));
}

}  // namespace bench::report
