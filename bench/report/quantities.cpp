#include "bench/report/quantities.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "bench/cells/figures.hpp"
#include "bench/cells/purge_timer.hpp"
#include "bench/report/determinism.hpp"
#include "bench/report/units.hpp"

namespace bench {

namespace {

using Value = std::optional<double>;
using Result = const CellResult&;

Value of(std::uint64_t value) { return static_cast<double>(value); }

Value growth(std::uint64_t before, std::uint64_t after) {
  return static_cast<double>(after) - static_cast<double>(before);
}

Value reserved(Result r, std::uint64_t after) { return growth(r.counters.reserved_before, after); }
Value resident(Result r, std::uint64_t after) { return growth(r.memory.resident_before, after); }

Value settled(Result r) {
  const auto& readings = r.memory.resident_settled;
  return readings.empty() ? Value() : resident(r, readings.back().resident);
}

// What there is only where there are holders. Every round has a sample of each.
Value holders(Result r, Value value) { return r.counters.pause_samples == 0 ? Value() : value; }

Value pause_p99(Result r) { return r.times.pause_p99_ns ? of(*r.times.pause_p99_ns) : Value(); }

// No process has a heap of no words.
Value bystander_max(Result r) {
  if (r.counters.bystander_heap_words_after.max == 0) return {};
  return of(r.times.bystander_pause_max_ns);
}

std::string format_whole(double value) { return format_count(static_cast<std::uint64_t>(value)); }
std::string format_percent(double value) {
  const double percent = 100 * value;
  return fmt::format("{:.{}f}%", percent, percent < 1 ? 2 : percent < 10 ? 1 : 0);
}

// What is beaten is no floor: the figure stays as it is, and is marked.
std::string format_efficiency(double value) {
  return format_percent(value) + (beats_floor(value) ? "!" : "");
}

constexpr std::string_view kMeasured = {};

constexpr std::string_view kPhase = "thread time of a purge, median of the rounds";
constexpr std::string_view kPercentile = "of all pauses of holders in all rounds";

constexpr std::array<Quantity, 22> kQuantities = {{
    {"purge", format_ns, [](Result r) { return of(r.times.purge_ns); }, 1, 10, kMeasured,
     "wall time until the area is freed, median of the rounds"},
    {"scan", format_ns, [](Result r) { return of(r.times.scan_ns); }, 24, 45, kMeasured, kPhase},
    {"gc", format_ns, [](Result r) { return of(r.times.gc_ns); }, 25, 46, kMeasured, kPhase},
    {"copy", format_ns, [](Result r) { return of(r.times.copy_ns); }, 23, 47, kMeasured, kPhase},
    {"release", format_ns, [](Result r) { return of(r.times.release_ns); }, 26, 48, kMeasured,
     kPhase},
    {"pause p50", format_ns, [](Result r) { return holders(r, of(r.times.pause_p50_ns)); }, 21, 42,
     kMeasured, kPercentile},
    {"pause p99", format_ns, pause_p99, 22, 49, kMeasured, kPercentile},
    {"pause max", format_ns, [](Result r) { return holders(r, of(r.times.pause_max_ns)); }, 4, 41,
     kMeasured, "the longest of a holder in any round"},
    {"bystander max", format_ns, bystander_max, 27, 50, kMeasured,
     "the longest pause of another in any round"},
    {"heap words", format_whole,
     [](Result r) { return holders(r, of(r.counters.heap_words_after.max)); }, 7, 0,
     "heap_words_after", "of the largest holder, after the purge"},
    {"allocations", format_whole, [](Result r) { return of(r.counters.allocations); }, 32, 0,
     "allocations", "blocks asked for in one purge"},
    {"killed", format_whole, [](Result r) { return of(r.counters.killed); }, 8, 0, "killed"},
    {"reserved", format_bytes, [](Result r) { return reserved(r, r.counters.reserved_after); }, 3,
     0, "reserved_after", "growth of what the heaps asked for"},
    {"reserved peak", format_bytes, [](Result r) { return reserved(r, r.counters.reserved_peak); },
     30, 0, "reserved_peak", "the most that this grew in any round"},
    {"peak", format_growth, [](Result r) { return resident(r, r.memory.resident_peak); }, 2, 40,
     kMeasured, "how far resident memory rose above its reading before the first purge"},
    {"settled", format_growth, settled, 5, 43, kMeasured, "the same after the last --settle",
     "how far resident memory was above its reading before the first purge, after the last "
     "--settle"},
    {"collected", format_growth,
     [](Result r) { return holders(r, resident(r, r.memory.resident_collected)); }, 6, 44,
     kMeasured, "the same after a collection of the holders",
     "how far resident memory was above its reading before the first purge, after a collection of "
     "the holders"},
    {"trimmed", format_growth, [](Result r) { return resident(r, r.memory.resident_trimmed); }, 11,
     53, kMeasured, "the same after the allocator was asked to give back",
     "how far resident memory was above its reading before the first purge, after the allocator "
     "was asked to give back"},
    {"faults", format_whole, [](Result r) { return of(r.memory.minor_faults); }, 31, 51, kMeasured,
     "page faults of a purge, median of the rounds"},
    {"efficiency", format_efficiency, [](Result r) { return Value(r.times.efficiency); }, 28, 0,
     kMeasured, "floor / purge; with a ! the floor is wrong"},
    {"virtual", format_bytes,
     [](Result r) { return growth(r.memory.virtual_before, r.memory.virtual_after); }, 0, 0,
     kMeasured, "growth of the address space, from before the first purge to after the last"},
    {"virtual peak", format_bytes,
     [](Result r) { return growth(r.memory.virtual_before, r.memory.virtual_peak); }, 0, 0,
     kMeasured,
     "how far the address space was at most, in the child's whole life, above its size before the "
     "first purge"},
}};

std::string_view unit_of(std::string_view text) {
  const std::size_t blank = text.rfind(' ');
  return blank == std::string_view::npos ? std::string_view() : text.substr(blank);
}

// `text` without its unit where that is `unit`.
std::string_view without(std::string_view text, std::string_view unit) {
  if (unit_of(text) == unit) text.remove_suffix(unit.size());
  return text;
}

}  // namespace

bool is_fixed(const Quantity& quantity, const CellSpec& spec) {
  return deterministic(quantity.counter, spec);
}

bool times_in_batches(const CellSpec& spec) {
  return spec.schedulers == 1 && spec.holders + spec.bystanders > PurgeTimer::kBatchFrom;
}

std::span<const Quantity> table_quantities() { return kQuantities; }

std::string format_sample(const Quantity& quantity, const std::optional<Sample>& sample,
                          bool spread) {
  if (!sample) return "-";
  std::string median = quantity.format(sample->median);
  if (!spread || sample->count < 2) return median;
  const auto unit = unit_of(median);
  const std::string min = quantity.format(sample->min);
  const std::string max = quantity.format(sample->max);
  return fmt::format("{} [{}..{}]", median, without(min, unit), without(max, unit));
}

}  // namespace bench
