#include "bench/report/run_file.hpp"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/files.hpp"
#include "bench/report/row_reader.hpp"
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
      BEAM_CHECK(read_row((*rows)[i], i));
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

  Outcome<Done> read_row(const Json& object, std::size_t index) {
    auto read = read_any_row(object, fmt::format("benchmarks[{}]", index));
    if (!read) return damaged(read.failure().sentence);
    const AnyRow& row = read.value();
    if (!row.aggregate) add(row, cell_of(row.name));
    return Done{};
  }

  RunCell& cell_of(const std::string& name) {
    const auto [at, fresh] = file_.cell_at.try_emplace(name, file_.cells.size());
    if (fresh) file_.cells.emplace_back().name = name;
    return file_.cells[at->second];
  }

  static void add(const AnyRow& row, RunCell& cell) {
    const cells::CellResult& outcome = row.outcome;
    if (!ran(outcome)) {
      ++(outcome.failed ? cell.failed : cell.skipped);
      if (cell.message.empty())
        cell.message = outcome.failed ? outcome.error_message : outcome.skip_message;
      return;
    }
    ++cell.ran;
    for (const auto& [key, value] : row.counters) cell.counters[std::string(key)].push_back(value);
    for (const auto& [key, value] : row.samples) cell.samples[std::string(key)].push_back(value);
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
