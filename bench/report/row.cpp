#include "bench/report/row.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/axes.hpp"
#include "bench/cells/json_fields.hpp"
#include "bench/cells/measures.hpp"

namespace bench::report {

namespace {

bool ran(const cells::CellResult& result) { return !result.failed && !result.skipped; }

// The keys of Google Benchmark's own rows.
void write_run(cells::FieldWriter& write, const Row& row, const std::string& name) {
  const bool timed = ran(row.result);
  write("name", name);
  write("run_name", name);
  write("run_type", "iteration");
  write("repetitions", row.invocations);
  write("repetition_index", row.invocation);
  write("threads", row.spec.schedulers);
  write("iterations", timed ? row.result.rounds : 0);
  write("real_time", timed ? row.result.times.purge_ns : 0);
  write("cpu_time", timed ? row.result.times.cpu_ns : 0);
  write("time_unit", "ns");
}

// The axes whose row value is the spec's value.
template <class Member>
void write_axes(cells::FieldWriter& write, const cells::CellSpec& spec) {
  for (const cells::Axis& axis : cells::cell_axes()) {
    const auto* const member = std::get_if<Member>(&axis.member);
    if (member != nullptr && !axis.row_says_more) write(std::string(axis.key), spec.**member);
  }
}

void write_setting(cells::FieldWriter& write, const Row& row) {
  const cells::CellSpec& spec = row.spec;
  const cells::CellResult& result = row.result;
  const bool synthetic = spec.module.empty();
  const std::string module = synthetic ? "" : module_name(spec);
  write("strategy", spec.strategy);
  write("allocator", spec.allocator);
  write("allocator_version", result.allocator_version);
  write("allocator_path", result.allocator_path);
  write("allocator_build_id", result.allocator_build_id);
  write("allocator_env", result.allocator_env);
  write_axes<std::string cells::CellSpec::*>(write, spec);
  write("shape", synthetic ? spec.shape : "");
  write("module", result.module_name.empty() ? module : result.module_name);
  write("module_hash", result.module_hash);
  const std::uint64_t asked_words = synthetic ? spec.area_words : 0;
  write("area_words", ran(result) ? result.counters.area_words : asked_words);
  write("term_words", synthetic ? spec.term_words : 0);
  write("held_words", result.counters.held_words);
  write("heap_words", spec.heap_words);
  write_axes<std::uint64_t cells::CellSpec::*>(write, spec);
  write("rounds", ran(result) ? result.rounds : spec.rounds);
  write("seed", spec.seed);
  cells::provenance_fields(write, row.result.provenance);
}

void write_outcome(cells::FieldWriter& write, const cells::CellResult& result) {
  if (result.failed) {
    write("error_occurred", true);
    write("error_message", result.error_message);
  } else if (result.skipped) {
    write("skipped", true);
    write("skip_message", result.skip_message);
    write("predicted_bytes", result.predicted_bytes);
  } else {
    cells::measured_fields(write, result);
  }
}

// Keys that are present only if something went wrong.
void read_status(const nlohmann::json& object, cells::FieldReader& read,
                 cells::CellResult& result) {
  if (object.contains("error_occurred")) {
    read("error_occurred", result.failed);
    read("error_message", result.error_message);
  }
  if (object.contains("skipped")) {
    read("skipped", result.skipped);
    read("skip_message", result.skip_message);
    read("predicted_bytes", result.predicted_bytes);
  }
}

void read_result(const nlohmann::json& object, cells::FieldReader& read, Row& row) {
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
  read_status(object, read, result);
  if (!ran(result)) return;
  read("rounds", result.rounds);
  read("cpu_time", result.times.cpu_ns);
  read("area_words", result.counters.area_words);
  read("held_words", result.counters.held_words);
  cells::measured_fields(read, result);
  auto& settled = result.memory.resident_settled;
  if (settled.size() == 1) settled[0].settle_ms = row.spec.settle_ms.back();
}

// Reports a row whose schema is not this program's; empty: it is.
Failure other_schema(const nlohmann::json& object) {
  const auto schema = object.find("row_schema");
  if (schema != object.end() && *schema == cells::kRowSchema) return {};
  return {fmt::format("a row is of {}, and this purgebench knows rows of schema {} only",
                      schema == object.end() ? "a version without a schema"
                                             : fmt::format("schema {}", schema->dump()),
                      cells::kRowSchema)};
}

}  // namespace

nlohmann::ordered_json row_json(const Row& row) {
  nlohmann::ordered_json object;
  cells::FieldWriter write(object);
  write_run(write, row, cell_name(row.spec));
  write_setting(write, row);
  write_outcome(write, row.result);
  return object;
}

std::string to_json_line(const Row& row) {
  return row_json(row).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Outcome<Row> parse_row(std::string_view json) {
  const auto object = nlohmann::json::parse(json, nullptr, false);
  if (!object.is_object()) return Failure{"a row is not a JSON object"};
  cells::FieldReader read(object);
  std::string name;
  read("name", name);
  const auto spec = parse_cell_name(name);
  if (!spec) return Failure{fmt::format(R"(a row's name is not a cell's: "{}")", name)};
  if (Failure failure = other_schema(object); !failure.sentence.empty()) return failure;
  Row row;
  row.spec = *spec;
  read_result(object, read, row);
  if (!read.ok()) {
    return Failure{fmt::format(R"(a row's "{}" is missing or has a wrong type)", read.bad_key())};
  }
  return row;
}

}  // namespace bench::report
