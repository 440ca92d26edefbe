// What a cell measures. A measure is one entry of the table in measures.cpp: its key in a row, its
// unit, whether a seed decides it, where it is in a result, and whether it may judge. Rows,
// columns, words and comparison read it there, and have no list of measures of their own; what they
// say of one in words is beside them, by its key.
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
// and on every machine. Times depend on the machine and on chance; memory, which includes what
// allocators say, on the allocator too.
enum class MeasureKind { kCounter, kTime, kMemory };

// What `compare` makes of it. An input is what was purged: where it differs, that is said and
// explains the rest. What is compared judges where it is deterministic in the cell, and is shown as
// medians elsewhere.
enum class Compared { kNot, kInput, kYes };

// Whose it is: without a holder, or a bystander, it was not measured.
enum class MeasuredOn { kAll, kHolders, kBystanders };

// Where a value of type T is in a result.
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
  // The reading that a table shows it as growth over; nothing: it is shown as it is.
  std::optional<Place<std::uint64_t>> over = std::nullopt;
  // A counter that is the highest value of a sum: with several schedulers collections run beside
  // each other, and how they meet decides it.
  bool depends_on_order = false;
  // Rows have it among Google Benchmark's own keys or among the settings (report/row.cpp), whether
  // the cell ran or not; all others are there only if it ran, in the order of the table.
  bool in_head = false;
};

// In the order of rows.
[[nodiscard]] std::span<const Measure> measures() noexcept;

// Null: no measure has this key.
[[nodiscard]] const Measure* find_measure(std::string_view key) noexcept;

// Of a key that there is.
[[nodiscard]] const Measure& measure(std::string_view key) noexcept;

// Whether it is the same in every run of such a cell: what is compared exactly, or shown once for
// all cells of a scenario, has to ask here. No setting but --schedulers makes a counter depend on
// more than the cell.
[[nodiscard]] bool deterministic(const Measure& measure, const CellSpec& spec) noexcept;

// As a number: the largest of a spread, the last of several readings. Empty: the result does not
// say.
[[nodiscard]] std::optional<double> value_of(const Measure& measure, const CellResult& result);

// The same less the reading that it grew from.
[[nodiscard]] std::optional<double> growth_of(const Measure& measure, const CellResult& result);

// Calls `field(key, member)` for everything that rows have only of a cell that ran. `Result` may be
// const.
template <class Field, class Result>
void measured_fields(Field&& field, Result& result) {
  for (const Measure& measure : measures()) {
    if (measure.in_head) continue;
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
}

}  // namespace bench::cells
