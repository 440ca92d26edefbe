// The measures of a cell. A measure is one entry of the table in measures.cpp: its key in a row,
// its unit, whether the seed decides it, its place in a result, and whether it is gated. Rows,
// columns, summary and comparison are driven by this table; their texts about a measure are kept
// with them, by key.
//
//   reading   {"resident_peak", bytes, memory, place in CellResult, compared, over resident_before}
//                   |             |       |             |               |             |
//                  row          format  exact?     JSON, columns     compare        growth
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/cell_spec.hpp"

namespace bench::cells {

enum class MeasureUnit { kCount, kBytes, kNs, kRatio };

// A counter is decided by the seed: it is the same in every run of the cell, under every allocator
// and on every machine. Times depend on the machine and on chance; memory, including allocators'
// own statistics, on the allocator too.
enum class MeasureKind { kCounter, kTime, kMemory };

// How `compare` uses it. An input describes what was purged: a difference there is reported and
// explains the rest. A compared measure is gated where it is deterministic in the cell, and shown
// as medians elsewhere.
enum class Compared { kNot, kInput, kYes };

// Which processes it is measured on; without any of them it is not measured.
enum class MeasuredOn { kAll, kHolders, kBystanders, kDeadHolders };

// The place of a value of type T in a result.
template <class T>
struct Place {
  T& (*in)(CellResult&) = nullptr;
  const T& (*of)(const CellResult&) = nullptr;
};

// The place at the end of a path of members.
template <auto... Path>
constexpr auto place_of() {
  using T = std::remove_reference_t<decltype((std::declval<CellResult&>().*....*Path))>;
  return Place<T>{[](CellResult& result) -> T& { return (result.*....*Path); },
                  [](const CellResult& result) -> const T& { return (result.*....*Path); }};
}

using AnyPlace = std::variant<Place<std::uint64_t>, Place<std::optional<std::uint64_t>>,
                              Place<double>, Place<Spread>, Place<std::vector<SettledReading>>>;

struct Measure {
  std::string_view key;  // in a row
  MeasureUnit unit = MeasureUnit::kCount;
  MeasureKind kind = MeasureKind::kCounter;
  AnyPlace place;
  Compared compared = Compared::kNot;
  MeasuredOn on = MeasuredOn::kAll;
  // The base reading if tables show it as growth; else empty.
  std::optional<Place<std::uint64_t>> over = std::nullopt;
  // A counter that is the peak of a sum: with several schedulers collections overlap, and the
  // overlap decides it.
  bool depends_on_order = false;
  // In every row, among Google Benchmark's keys or the settings (report/row.cpp); all others are
  // present only if the cell ran, in table order.
  bool in_head = false;
};

// In row order.
[[nodiscard]] std::span<const Measure> measures() noexcept;

// Null: unknown key.
[[nodiscard]] const Measure* find_measure(std::string_view key) noexcept;

// The key must exist.
[[nodiscard]] const Measure& measure(std::string_view key) noexcept;

// Whether it is the same in every run of such a cell, so that it may be compared exactly or shown
// once for all cells of a scenario. Only --schedulers makes a counter vary between runs.
[[nodiscard]] bool deterministic(const Measure& measure, const CellSpec& spec) noexcept;

// As a number: the largest of a spread, the last of several readings. Empty: not measured.
[[nodiscard]] std::optional<double> value_of(const Measure& measure, const CellResult& result);

// The same minus its base reading.
[[nodiscard]] std::optional<double> growth_of(const Measure& measure, const CellResult& result);

// Calls `field(key, member)` for one measure. `Result` may be const.
template <class Field, class Result>
void measure_field(Field&& field, const Measure& measure, Result& result) {
  std::visit(
      [&](const auto& place) {
        if constexpr (std::is_const_v<Result>) {
          field(std::string(measure.key), place.of(result));
        } else {
          field(std::string(measure.key), place.in(result));
        }
      },
      measure.place);
}

// The same for every measure.
template <class Field, class Result>
void all_fields(Field&& field, Result& result) {
  for (const Measure& measure : measures()) measure_field(field, measure, result);
}

// The same for every key that only rows of cells that ran have.
template <class Field, class Result>
void measured_fields(Field&& field, Result& result) {
  for (const Measure& measure : measures()) {
    if (!measure.in_head) measure_field(field, measure, result);
  }
}

}  // namespace bench::cells
