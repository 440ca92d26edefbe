#include "bench/report/columns.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/json_fields.hpp"
#include "bench/cells/measures.hpp"
#include "bench/report/nearest_name.hpp"
#include "bench/report/row.hpp"
#include "bench/report/units.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kSettledAt = "resident_settled_";

using Json = nlohmann::ordered_json;

// Every key that a row may have, except those of each --settle. Every spread is uneven, so that its
// `_min` and `_max` are there.
Json every_key() {
  Row row;
  for (const cells::Measure& each : cells::measures()) {
    if (const auto* const spread = std::get_if<cells::Place<cells::Spread>>(&each.place))
      spread->in(row.result) = {0, 0, 1};
  }
  return row_json(row);
}

ColumnNames measured_keys() {
  Json object;
  const cells::CellResult none;
  cells::measured_fields(cells::FieldWriter(object), none);
  ColumnNames keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// A number in a row that is not a measure is a count.
cells::MeasureUnit unit_of(std::string_view key) {
  if (key.starts_with(kSettledAt)) return cells::measure("resident_settled").unit;
  const cells::Measure* const found = cells::find_measure(key);
  return found == nullptr ? cells::MeasureUnit::kCount : found->unit;
}

bool is_settled_at(std::string_view name) {
  if (!name.starts_with(kSettledAt)) return false;
  const std::string_view ms = name.substr(kSettledAt.size());
  return !ms.empty() && ms.find_first_not_of("0123456789") == std::string_view::npos;
}

const Quantity* quantity_named(std::string_view name) {
  const auto found = std::ranges::find(table_quantities(), name, &Quantity::header);
  return found == table_quantities().end() ? nullptr : &*found;
}

// The rows of results, each built once.
class RowCache {
 public:
  const Json& row_of(const cells::CellSpec& spec, const cells::CellResult& result) {
    const auto [at, fresh] = rows_.try_emplace(&result);
    if (fresh) at->second = row_json({.spec = spec, .result = result});
    return at->second;
  }

 private:
  std::unordered_map<const cells::CellResult*, Json> rows_;
};

std::string text_of_quantity(const Quantity& quantity, const MeasuredCell& cell, bool spread) {
  const auto sample = quantity.sample(cell);
  return format_sample(quantity, sample, spread && sample && sample->min != sample->max);
}

std::string text_of_key(const std::string& key, RowCache& rows, const MeasuredCell& cell,
                        bool spread) {
  const auto value = [&](const cells::CellResult& result) -> std::optional<double> {
    const Json& row = rows.row_of(cell.spec, result);
    const auto at = row.find(key);
    if (at == row.end() || !at->is_number()) return std::nullopt;
    return at->get<double>();
  };
  const auto sample = cell.sample(value);
  const auto format = [unit = unit_of(key)](double each) { return format_value(unit, each); };
  return format_sample(format, sample, spread && sample && sample->min != sample->max);
}

// An object as "NAME=value NAME=value".
std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [name, each] : value.items())
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, each.get<std::string>());
  return text;
}

// The value of the first invocation.
std::string words_of_key(const std::string& key, RowCache& rows, const MeasuredCell& cell) {
  if (cell.ran.empty()) return "-";
  const Json& row = rows.row_of(cell.spec, *cell.ran.front());
  const auto at = row.find(key);
  const auto text = at == row.end() ? std::string() : printable(words_of(*at));
  return text.empty() ? "-" : text;
}

Column column_of(const Quantity& quantity) {
  return {.header = std::string(quantity.header),
          .text = [&quantity](const MeasuredCell& cell,
                              bool spread) { return text_of_quantity(quantity, cell, spread); },
          .quantity = &quantity};
}

bool is_words(const Json& value) {
  return value.is_string() || value.is_object() || value.is_boolean();
}

Column column_of(const std::string& key, const std::shared_ptr<RowCache>& rows) {
  static const Json kKeys = every_key();
  if (kKeys.contains(key) && is_words(kKeys.at(key))) {
    return {
        .header = key, .align = Align::kLeft, .text = [key, rows](const MeasuredCell& cell, bool) {
          return words_of_key(key, *rows, cell);
        }};
  }
  return {.header = key, .text = [key, rows](const MeasuredCell& cell, bool spread) {
            return text_of_key(key, *rows, cell, spread);
          }};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

Outcome<Done> check_name(std::string_view name) {
  if (name.empty()) return Failure{"--columns has an empty name in it"};
  const auto known = column_names();
  if (is_settled_at(name) || std::ranges::count(known, name) != 0) return Done{};
  const std::string meant = did_you_mean(name, known);
  return Failure{fmt::format(
      "--columns: there is no column '{}'{}", printable(name),
      meant.empty() ? " (there are the keys of a result row, and the table's own)" : meant)};
}

}  // namespace

std::span<const std::string_view> column_names() {
  static const Json kKeys = every_key();
  static const auto kNames = [] {
    std::vector<std::string_view> names = {kAll};
    for (const Quantity& quantity : table_quantities()) names.push_back(quantity.header);
    for (const auto& [key, value] : kKeys.items()) names.push_back(key);
    return names;
  }();
  return kNames;
}

Outcome<ColumnNames> parse_columns(std::string_view list) {
  ColumnNames names;
  const auto add = [&names](const std::string& name) {
    if (std::ranges::count(names, name) == 0) names.push_back(name);
  };
  for (bool more = true; more;) {
    const std::size_t comma = list.find(',');
    more = comma != std::string_view::npos;
    const std::string_view name = trimmed(list.substr(0, comma));
    if (more) list.remove_prefix(comma + 1);
    BEAM_CHECK(check_name(name));
    if (name == kAll) std::ranges::for_each(measured_keys(), add);
    if (name != kAll) add(std::string(name));
  }
  return names;
}

std::vector<Column> named_columns(const ColumnNames& names) {
  const auto rows = std::make_shared<RowCache>();
  std::vector<Column> columns;
  for (const std::string& name : names) {
    const Quantity* const quantity = quantity_named(name);
    columns.push_back(quantity != nullptr ? column_of(*quantity) : column_of(name, rows));
  }
  return columns;
}

}  // namespace bench::report
