#include "bench/report/row.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/axes.hpp"
#include "bench/cells/json_fields.hpp"
#include "bench/cells/measures.hpp"

namespace bench::report {

namespace {

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

}  // namespace bench::report
