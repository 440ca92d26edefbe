#include "bench/report/run_file.hpp"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/cells/measures.hpp"
#include "bench/report/files.hpp"
#include "bench/report/run_folder.hpp"
#include "bench/report/text_table.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace {

using Json = nlohmann::json;

// Reads rows into cells; stops at the first damaged one.
class Reader {
 public:
  explicit Reader(RunFile& file) : file_(file) {}

  Outcome<Done> read(const Json& root) {
    if (!root.is_object()) return damaged("it is not a JSON object");
    const auto rows = root.find("benchmarks");
    if (rows == root.end()) return damaged(R"(it has no "benchmarks")");
    if (!rows->is_array()) return damaged(R"(its "benchmarks" are not an array)");
    if (const auto context = root.find("context"); context != root.end()) read_context(*context);
    for (std::size_t i = 0; i < rows->size(); ++i) {
      if (auto row = read_row((*rows)[i], i); !row) return row;
    }
    return Done{};
  }

 private:
  [[nodiscard]] Failure damaged(const std::string& what) const {
    return {fmt::format("{} is damaged: {}", file_.path.string(), printable(what))};
  }

  void read_context(const Json& context) {
    if (!context.is_object()) return;
    for (const auto& [key, value] : context.items()) {
      if (value.is_string()) file_.context[key] = value.get<std::string>();
      if (value.is_number() || value.is_boolean()) file_.context[key] = value.dump();
    }
  }

  Outcome<Done> read_row(const Json& row, std::size_t index) {
    if (!row.is_object()) return damaged(fmt::format("benchmarks[{}] is not an object", index));
    const auto name = row.find("name");
    if (name == row.end() || !name->is_string() || name->get_ref<const std::string&>().empty()) {
      return damaged(fmt::format("benchmarks[{}] has no name", index));
    }
    if (row.value("run_type", Json()) == "aggregate") return Done{};
    RunCell& cell = cell_of(name->get<std::string>());
    if (flag(row, "error_occurred")) return leave_out(cell, cell.failed, row, "error_message");
    if (flag(row, "skipped")) return leave_out(cell, cell.skipped, row, "skip_message");
    ++cell.ran;
    return read_values(row, cell);
  }

  RunCell& cell_of(const std::string& name) {
    const auto [at, fresh] = file_.cell_at.try_emplace(name, file_.cells.size());
    if (fresh) file_.cells.emplace_back().name = name;
    return file_.cells[at->second];
  }

  static bool flag(const Json& row, const char* key) { return row.value(key, Json()) == true; }

  static Outcome<Done> leave_out(RunCell& cell, std::size_t& count, const Json& row,
                                 const char* key) {
    ++count;
    const Json message = row.value(key, Json());
    if (cell.message.empty() && message.is_string()) cell.message = message.get<std::string>();
    return Done{};
  }

  Outcome<Done> read_values(const Json& row, RunCell& cell) {
    const auto unit = unit_ns(row);
    if (!unit) return damaged(fmt::format(R"("time_unit" of {} is not a unit of time)", cell.name));
    if (!row.contains("real_time")) {
      return damaged(fmt::format(R"({} has no "real_time")", cell.name));
    }
    for (const cells::Measure& measure : cells::measures()) {
      if (measure.compared == cells::Compared::kNot) continue;
      const double scale = measure.key == "real_time" ? *unit : 1;
      if (auto read = read_measure(row, cell, measure, scale); !read) return read;
    }
    return Done{};
  }

  static bool may_vary(const cells::Measure& measure) {
    return measure.kind != cells::MeasureKind::kCounter || measure.depends_on_order;
  }

  Outcome<Done> read_measure(const Json& row, RunCell& cell, const cells::Measure& measure,
                             double scale) {
    if (may_vary(measure)) {
      if (auto read = read_sample(row, cell, measure.key, scale); !read) return read;
    }
    if (measure.kind == cells::MeasureKind::kCounter) return read_counter(row, cell, measure.key);
    return Done{};
  }

  // The row's time unit in ns; Google Benchmark's default is ns.
  static std::optional<double> unit_ns(const Json& row) {
    const Json unit = row.value("time_unit", Json("ns"));
    constexpr std::array<std::pair<const char*, double>, 4> kUnits = {
        {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}};
    for (const auto& [name, ns] : kUnits) {
      if (unit == name) return ns;
    }
    return std::nullopt;
  }

  // Missing or null values are not compared.
  Outcome<Done> read_sample(const Json& row, RunCell& cell, std::string_view key, double scale) {
    const auto value = row.find(key);
    if (value == row.end() || (value->is_null() && key != "real_time")) return Done{};
    if (!value->is_number() || value->get<double>() < 0) {
      return damaged(fmt::format(R"("{}" of {} is not a number of at least 0)", key, cell.name));
    }
    cell.samples[std::string(key)].push_back(value->get<double>() * scale);
    return Done{};
  }

  Outcome<Done> read_counter(const Json& row, RunCell& cell, std::string_view key) {
    const std::string max_key = fmt::format("{}_max", key);
    const auto max = row.find(max_key);
    const auto value = max == row.end() ? row.find(key) : max;
    if (value == row.end()) return Done{};
    if (!value->is_number_unsigned()) {
      return damaged(fmt::format(R"("{}" of {} is not a count)", key, cell.name));
    }
    cell.counters[std::string(key)].push_back(value->get<std::uint64_t>());
    return Done{};
  }

  RunFile& file_;
};

// `text` parsed; the failure gives the byte offset of the first error.
Outcome<Json> parse(const std::string& text, const std::filesystem::path& path) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Failure{fmt::format("{} is not JSON: byte {} is wrong", path.string(), error.byte)};
  } catch (const Json::exception&) {
    return Failure{fmt::format("{} holds a number that is too large", path.string())};
  }
}

}  // namespace

const RunCell* RunFile::find(std::string_view name) const {
  const auto at = cell_at.find(name);
  return at == cell_at.end() ? nullptr : &cells[at->second];
}

Outcome<RunFile> read_run_file(const std::filesystem::path& path) {
  RunFile file;
  std::error_code error;
  file.path = std::filesystem::is_directory(path, error) ? path / kRunFile : path;
  BEAM_TRY(const auto text, read_file(file.path));
  if (text.empty()) return Failure{fmt::format("{} is empty", file.path.string())};
  BEAM_TRY(const auto root, parse(text, file.path));
  BEAM_CHECK(Reader(file).read(root));
  return file;
}

}  // namespace bench::report
