#include "bench/report/columns.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/cell_fields.hpp"
#include "bench/cells/json_fields.hpp"
#include "bench/report/nearest_name.hpp"
#include "bench/report/row.hpp"
#include "bench/report/units.hpp"

namespace bench {

namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kSettledAt = "resident_settled_";

using Json = nlohmann::ordered_json;
using Format = std::string (*)(double);

// Gives every quantity that may differ between processes a row that says so.
struct Uneven {
  void operator()(const char*, Spread& spread) const { spread = {0, 0, 1}; }
  template <class T>
  void operator()(const char*, T&) const {}
};

// Every key that a row may have, those of each --settle left out.
Json every_key() {
  Row row;
  row.result.counters.held_words = {0, 0, 1};
  measured_fields(Uneven(), row.result);
  return row_json(row);
}

ColumnNames measured_keys() {
  Json object;
  FieldWriter write(object);
  const CellResult none;
  measured_fields(write, none);
  ColumnNames keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// The keys of bytes, as the rows' list of bytes has them.
std::set<std::string, std::less<>> byte_keys() {
  Json object;
  FieldWriter write(object);
  const CellResult none;
  byte_fields(write, none.counters, none.memory);
  std::set<std::string, std::less<>> keys;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_number_float() && key != "minor_faults") keys.insert(key);
  }
  return keys;
}

std::string format_ratio_plain(double value) { return fmt::format("{:.2f}", value); }
std::string format_whole(double value) { return format_count(static_cast<std::uint64_t>(value)); }

Format format_of(std::string_view key) {
  static const auto kBytes = byte_keys();
  if (key == "fragmentation") return format_ratio_plain;
  if (key.ends_with("_ns") || key == "real_time" || key == "cpu_time") return format_ns;
  if (kBytes.contains(key) || key.starts_with(kSettledAt)) return format_bytes;
  return format_whole;
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

// Rows of results, each made once.
class RowCache {
 public:
  const Json& row_of(const CellSpec& spec, const CellResult& result) {
    const auto [at, fresh] = rows_.try_emplace(&result);
    if (fresh) at->second = row_json({.spec = spec, .result = result});
    return at->second;
  }

 private:
  std::unordered_map<const CellResult*, Json> rows_;
};

std::string text_of_quantity(const Quantity& quantity, const MeasuredCell& cell, bool spread) {
  const auto sample = cell.sample(quantity.read);
  return format_sample(quantity, sample, spread && sample && sample->min != sample->max);
}

std::string text_of_key(const std::string& key, RowCache& rows, const MeasuredCell& cell,
                        bool spread) {
  const Quantity shown{.header = key, .format = format_of(key)};
  const auto value = [&](const CellResult& result) -> std::optional<double> {
    const Json& row = rows.row_of(cell.spec, result);
    const auto at = row.find(key);
    if (at == row.end() || !at->is_number()) return std::nullopt;
    return at->get<double>();
  };
  const auto sample = cell.sample(value);
  return format_sample(shown, sample, spread && sample && sample->min != sample->max);
}

// "NAME=value NAME=value" of an object.
std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [name, each] : value.items())
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, each.get<std::string>());
  return text;
}

// What the first invocation says.
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
    if (auto checked = check_name(name); !checked) return checked.failure();
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

}  // namespace bench
