#include "bench/cells/cell_io.hpp"

#include <nlohmann/json.hpp>

#include "bench/cells/axes.hpp"
#include "bench/cells/json_fields.hpp"
#include "bench/cells/measures.hpp"

namespace bench::cells {

namespace {

template <class Field, class Result>
void status_fields(Field&& field, Result& result) {
  field("failed", result.failed);
  field("error_message", result.error_message);
  field("skipped", result.skipped);
  field("skip_message", result.skip_message);
  field("predicted_bytes", result.predicted_bytes);
  field("rounds", result.rounds);
  field("allocator_version", result.allocator_version);
  field("allocator_path", result.allocator_path);
  field("allocator_build_id", result.allocator_build_id);
  field("module_name", result.module_name);
  field("module_hash", result.module_hash);
}

template <class Field, class Result>
void result_fields(Field&& field, Result& result) {
  status_fields(field, result);
  all_fields(field, result);
}

// Strings may come from file names: invalid UTF-8 becomes U+FFFD.
std::string dump(const nlohmann::ordered_json& object) {
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Null if `text` is not a JSON object.
nlohmann::json parse_object(std::string_view text) {
  auto object = nlohmann::json::parse(text, nullptr, false);
  return object.is_object() ? object : nlohmann::json();
}

}  // namespace

std::string to_json(const CellSpec& spec) {
  nlohmann::ordered_json object;
  spec_fields(FieldWriter(object), spec);
  return dump(object);
}

std::string to_json(const CellResult& result) {
  nlohmann::ordered_json object;
  FieldWriter write(object);
  result_fields(write, result);
  std::vector<std::uint64_t> settle_ms;
  std::vector<std::uint64_t> resident;
  for (const auto& reading : result.memory.resident_settled) {
    settle_ms.push_back(reading.settle_ms);
    resident.push_back(reading.resident);
  }
  write("settled_ms", settle_ms);
  write("settled_bytes", resident);
  return dump(object);
}

beam::Result<CellSpec> parse_cell_spec(std::string_view json) {
  const auto object = parse_object(json);
  if (object.is_null()) return beam::Error{"the cell's spec is not a JSON object"};
  CellSpec spec;
  FieldReader read(object);
  spec_fields(read, spec);
  if (!read.ok()) return beam::Error{"the cell's spec lacks a key, or one has a wrong type"};
  return spec;
}

beam::Result<CellResult> parse_cell_result(std::string_view json) {
  const auto object = parse_object(json);
  if (object.is_null()) return beam::Error{"the cell's result is not a JSON object"};
  CellResult result;
  std::vector<std::uint64_t> settle_ms;
  std::vector<std::uint64_t> resident;
  FieldReader read(object);
  result_fields(read, result);
  read("settled_ms", settle_ms);
  read("settled_bytes", resident);
  if (!read.ok() || settle_ms.size() != resident.size()) {
    return beam::Error{"the cell's result lacks a key, or one has a wrong type"};
  }
  result.memory.resident_settled.clear();
  for (std::size_t i = 0; i < settle_ms.size(); ++i) {
    result.memory.resident_settled.push_back({settle_ms[i], resident[i]});
  }
  return result;
}

}  // namespace bench::cells
