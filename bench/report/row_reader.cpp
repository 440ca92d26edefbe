#include "bench/report/row_reader.hpp"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/json_fields.hpp"
#include "bench/cells/measures.hpp"
#include "bench/report/cell_name.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace {

using Json = nlohmann::json;
using cells::FieldReader;
using cells::Keys;

// Keys that are present only if something went wrong.
void read_outcome(FieldReader& read, cells::CellResult& result) {
  if (read.has("error_occurred")) {
    read("error_occurred", result.failed);
    read("error_message", result.error_message);
  }
  if (read.has("skipped")) {
    read("skipped", result.skipped);
    read("skip_message", result.skip_message);
    read("predicted_bytes", result.predicted_bytes);
  }
}

void read_result(FieldReader& read, Row& row) {
  cells::CellResult& result = row.result;
  read("repetitions", row.invocations);
  read("repetition_index", row.invocation);
  read("allocator_version", result.allocator_version);
  read("allocator_path", result.allocator_path);
  read("allocator_build_id", result.allocator_build_id);
  read("allocator_env", result.allocator_env);
  read("module", result.module_name);
  read("module_hash", result.module_hash);
  cells::provenance_fields(read, row.result.provenance);
  read_outcome(read, result);
  if (!ran(result)) return;
  read("rounds", result.rounds);
  cells::all_fields(read, result);
  auto& settled = result.memory.resident_settled;
  if (settled.size() == 1) settled[0].settle_ms = row.spec.settle_ms.back();
}

Outcome<Done> check_schema(const Json& object) {
  const auto schema = object.find("row_schema");
  if (schema != object.end() && *schema == cells::kRowSchema) return Done{};
  return Failure{fmt::format("a row is of {}, and this purgebench knows rows of schema {} only",
                             schema == object.end() ? "a version without a schema"
                                                    : fmt::format("schema {}", schema->dump()),
                             cells::kRowSchema)};
}

// The row's time unit in ns; Google Benchmark's default is ns.
std::optional<double> unit_ns(const Json& object) {
  constexpr std::array<std::pair<std::string_view, double>, 4> kUnits = {
      {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}};
  std::string unit = "ns";
  FieldReader read(object, Keys::kAny);
  read("time_unit", unit);
  for (const auto& [name, ns] : kUnits) {
    if (read.ok() && unit == name) return ns;
  }
  return std::nullopt;
}

Failure not_a_number(const AnyRow& row, std::string_view key) {
  return {fmt::format(R"("{}" of {} is not a number of at least 0)", key, row.name)};
}

// Missing or null values are not compared.
Outcome<Done> read_sample(const Json& object, AnyRow& row, std::string_view key) {
  std::optional<double> value;
  FieldReader read(object, Keys::kAny);
  read(std::string(key), value);
  if (!read.ok() || (value && *value < 0)) return not_a_number(row, key);
  if (value) row.samples[key] = *value;
  return Done{};
}

Outcome<Done> read_counter(const Json& object, AnyRow& row, std::string_view key) {
  const std::string max_key = fmt::format("{}_max", key);
  FieldReader read(object, Keys::kAny);
  const std::string known = read.has(max_key) ? max_key : std::string(key);
  if (!read.has(known)) return Done{};
  std::optional<std::uint64_t> value;
  read(known, value);
  if (!read.ok()) return Failure{fmt::format(R"("{}" of {} is not a count)", key, row.name)};
  if (value) row.counters[key] = *value;
  return Done{};
}

Outcome<Done> read_measure(const Json& object, AnyRow& row, const cells::Measure& measure) {
  const bool counter = measure.kind == cells::MeasureKind::kCounter;
  if (!counter || measure.depends_on_order) BEAM_CHECK(read_sample(object, row, measure.key));
  if (counter) BEAM_CHECK(read_counter(object, row, measure.key));
  return Done{};
}

// Every row in Google Benchmark's form has a time, and may lack all other measures.
Outcome<Done> read_compared(const Json& object, AnyRow& row) {
  const auto scale = unit_ns(object);
  if (!scale) return Failure{fmt::format(R"("time_unit" of {} is not a unit of time)", row.name)};
  if (!object.contains("real_time"))
    return Failure{fmt::format(R"({} has no "real_time")", row.name)};
  if (object.at("real_time").is_null()) return not_a_number(row, "real_time");
  for (const cells::Measure& measure : cells::measures()) {
    if (measure.compared != cells::Compared::kNot) BEAM_CHECK(read_measure(object, row, measure));
  }
  row.samples["real_time"] *= *scale;
  return Done{};
}

}  // namespace

Outcome<Row> parse_row(std::string_view json) {
  const auto object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return Failure{"a row is not a JSON object"};
  FieldReader read(object);
  std::string name;
  read("name", name);
  const auto spec = parse_cell_name(name);
  if (!spec) return Failure{fmt::format(R"(a row's name is not a cell's: "{}")", name)};
  BEAM_CHECK(check_schema(object));
  Row row;
  row.spec = *spec;
  read_result(read, row);
  if (!read.ok()) {
    return Failure{fmt::format(R"(a row's "{}" is missing or has a wrong type)", read.bad_key())};
  }
  return row;
}

Outcome<AnyRow> read_any_row(const Json& object, std::string_view place) {
  if (!object.is_object()) return Failure{fmt::format("{} is not an object", place)};
  AnyRow row;
  std::string run_type;
  FieldReader read(object, Keys::kAny);
  read("name", row.name);
  read("run_type", run_type);
  if (row.name.empty()) return Failure{fmt::format("{} has no name", place)};
  row.aggregate = run_type == "aggregate";
  read_outcome(read, row.outcome);
  if (!row.aggregate && ran(row.outcome)) BEAM_CHECK(read_compared(object, row));
  return row;
}

}  // namespace bench::report
