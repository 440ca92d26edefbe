#include "bench/cells/measures.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace bench::cells {

namespace {

using ::allocators::Statistics;
using enum MeasureUnit;
using enum MeasureKind;

template <auto... Path>
constexpr auto time = place_of<&CellResult::times, Path...>();
template <auto... Path>
constexpr auto counter = place_of<&CellResult::counters, Path...>();
template <auto... Path>
constexpr auto memory = place_of<&CellResult::memory, Path...>();

constexpr auto kReservedBefore = counter<&CellCounters::reserved_before>;
constexpr auto kResidentBefore = memory<&CellMemory::resident_before>;
constexpr auto kVirtualBefore = memory<&CellMemory::virtual_before>;

constexpr auto kTable = std::to_array<Measure>({
    {.key = "real_time",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::purge_ns>,
     .compared = Compared::kYes,
     .in_head = true},
    {.key = "cpu_time",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::cpu_ns>,
     .in_head = true},
    {.key = "area_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::area_words>,
     .compared = Compared::kInput,
     .in_head = true},
    {.key = "held_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::held_words>,
     .compared = Compared::kInput,
     .in_head = true},
    {.key = "purge_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::purge_ns>},
    {.key = "scan_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::scan_ns>},
    {.key = "gc_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::gc_ns>},
    {.key = "copy_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::copy_ns>},
    {.key = "release_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::release_ns>},
    {.key = "pause_p50_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::pause_p50_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "pause_p99_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::pause_p99_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "pause_max_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::pause_max_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "pause_samples",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::pause_samples>},
    {.key = "bystander_pause_p50_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::bystander_pause_p50_ns>,
     .on = MeasuredOn::kBystanders},
    {.key = "bystander_pause_max_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::bystander_pause_max_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kBystanders},
    {.key = "dead_pause_p50_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::dead_pause_p50_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kDeadHolders},
    {.key = "dead_pause_max_ns",
     .unit = kNs,
     .kind = kTime,
     .place = time<&CellTimes::dead_pause_max_ns>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kDeadHolders},
    {.key = "scanned_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::scanned_words>,
     .compared = Compared::kYes},
    {.key = "copied_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::copied_words>,
     .compared = Compared::kYes},
    {.key = "copied_literal_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::copied_literal_words>,
     .compared = Compared::kYes},
    {.key = "temp_copied_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::temp_copied_words>,
     .compared = Compared::kYes},
    {.key = "marked_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::marked_words>,
     .compared = Compared::kYes},
    {.key = "table_words",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::table_words>,
     .compared = Compared::kYes},
    {.key = "allocations",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::allocations>,
     .compared = Compared::kYes},
    {.key = "killed",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::killed>,
     .compared = Compared::kYes},
    {.key = "heap_words_before",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::heap_words_before>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "heap_words_after",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::heap_words_after>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "heap_words_settled",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::heap_words_settled>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders},
    {.key = "bystander_heap_words_after",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::bystander_heap_words_after>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kBystanders},
    {.key = "dead_heap_words_before",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::dead_heap_words_before>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kDeadHolders},
    {.key = "dead_heap_words_after",
     .unit = kCount,
     .kind = kCounter,
     .place = counter<&CellCounters::dead_heap_words_after>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kDeadHolders},
    {.key = "area_bytes",
     .unit = kBytes,
     .kind = kCounter,
     .place = counter<&CellCounters::area_bytes>},
    {.key = "reserved_before",
     .unit = kBytes,
     .kind = kCounter,
     .place = counter<&CellCounters::reserved_before>,
     .compared = Compared::kYes},
    {.key = "reserved_after",
     .unit = kBytes,
     .kind = kCounter,
     .place = counter<&CellCounters::reserved_after>,
     .compared = Compared::kYes,
     .over = kReservedBefore},
    {.key = "reserved_peak",
     .unit = kBytes,
     .kind = kCounter,
     .place = counter<&CellCounters::reserved_peak>,
     .compared = Compared::kYes,
     .over = kReservedBefore,
     .depends_on_order = true},
    {.key = "live_after",
     .unit = kBytes,
     .kind = kCounter,
     .place = counter<&CellCounters::live_after>},
    {.key = "resident_base",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_base>},
    {.key = "resident_before",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_before>},
    {.key = "resident_after",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_after>,
     .over = kResidentBefore},
    {.key = "resident_peak",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_peak>,
     .compared = Compared::kYes,
     .over = kResidentBefore},
    {.key = "resident_settled",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_settled>,
     .compared = Compared::kYes,
     .over = kResidentBefore},
    {.key = "resident_collected",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_collected>,
     .compared = Compared::kYes,
     .on = MeasuredOn::kHolders,
     .over = kResidentBefore},
    {.key = "resident_trimmed",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::resident_trimmed>,
     .compared = Compared::kYes,
     .over = kResidentBefore},
    {.key = "fragmentation",
     .unit = kRatio,
     .kind = kMemory,
     .place = memory<&CellMemory::fragmentation>},
    {.key = "virtual_before",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::virtual_before>},
    {.key = "virtual_after",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::virtual_after>,
     .over = kVirtualBefore},
    {.key = "virtual_peak",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::virtual_peak>,
     .over = kVirtualBefore},
    {.key = "group_peak",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::group_peak>},
    {.key = "minor_faults",
     .unit = kCount,
     .kind = kMemory,
     .place = memory<&CellMemory::minor_faults>},
    {.key = "allocator_allocated",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::allocator_after, &Statistics::allocated>},
    {.key = "allocator_active",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::allocator_after, &Statistics::active>},
    {.key = "allocator_resident",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::allocator_after, &Statistics::resident>},
    {.key = "allocator_retained",
     .unit = kBytes,
     .kind = kMemory,
     .place = memory<&CellMemory::allocator_after, &Statistics::retained>},
    {.key = "spawn_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::spawn_ns>},
    {.key = "lines_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::lines_ns>},
    {.key = "teardown_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::teardown_ns>},
    {.key = "floor_ns", .unit = kNs, .kind = kTime, .place = time<&CellTimes::floor_ns>},
    {.key = "efficiency", .unit = kRatio, .kind = kTime, .place = time<&CellTimes::efficiency>},
});

std::optional<double> number(std::uint64_t value) { return static_cast<double>(value); }
std::optional<double> number(double value) { return value; }
std::optional<double> number(const Spread& spread) { return number(spread.max); }
std::optional<double> number(const std::optional<std::uint64_t>& value) {
  return value ? number(*value) : std::nullopt;
}
std::optional<double> number(const std::vector<SettledReading>& readings) {
  return readings.empty() ? std::nullopt : number(readings.back().resident);
}

}  // namespace

std::span<const Measure> measures() noexcept { return kTable; }

const Measure* find_measure(std::string_view key) noexcept {
  const auto* const found = std::ranges::find(kTable, key, &Measure::key);
  return found == kTable.end() ? nullptr : found;
}

const Measure& measure(std::string_view key) noexcept {
  const Measure* const found = find_measure(key);
  assert(found != nullptr);
  return *found;
}

bool deterministic(const Measure& measure, const CellSpec& spec) noexcept {
  return measure.kind == MeasureKind::kCounter &&
         (!measure.depends_on_order || spec.schedulers == 1);
}

std::optional<double> value_of(const Measure& measure, const CellResult& result) {
  return std::visit([&](const auto& place) { return number(place.of(result)); }, measure.place);
}

std::optional<double> growth_of(const Measure& measure, const CellResult& result) {
  const auto value = value_of(measure, result);
  if (!value || !measure.over) return value;
  return *value - static_cast<double>(measure.over->of(result));
}

}  // namespace bench::cells
