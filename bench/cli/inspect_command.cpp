// inspect FILE...: the literal area each module would load.
#include <memory>
#include <unistd.h>

#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/module_file.hpp"
#include "bench/report/inspect_report.hpp"
#include "bench/report/terminal.hpp"
#include "engine/base/result.hpp"

namespace bench::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  bool json = false;
};

Outcome<report::InspectRow> inspect(const std::string& path) {
  BEAM_TRY(const auto file, matrix::read_module(path));
  const beam::BeamModule& module = file->module;
  report::InspectRow row;
  row.file = path;
  row.module = module.name;
  if (!module.compiled_by.empty()) row.compiled_by = module.compiled_by;
  row.area_words = module.image.area_words();
  row.static_words = module.image.static_words;
  row.line_words = module.image.line_words;
  row.dynamic_words = module.image.dynamic_words;
  row.literals = module.image.literals.size();
  row.off_heap_bytes = module.image.off_heap_bytes;
  row.area_words_min = module.bounds.min_words;
  row.area_words_max = module.bounds.max_words;
  return row;
}

int run_inspect(const Options& options) {
  std::vector<report::InspectRow> rows;
  for (const std::string& path : options.files) {
    auto row = inspect(path);
    if (!row) return refuse(row.failure().sentence);
    rows.push_back(std::move(row).value());
  }
  const std::string text = options.json
                               ? report::inspect_json(rows)
                               : report::inspect_table(rows, report::terminal_width(STDOUT_FILENO));
  return answer(text);
}

}  // namespace

void add_inspect_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("inspect", "Show the literal area each module would load");
  command->footer(
      "Words are of OTP 25. When an old version is purged, every process that holds any\n"
      "literal of it is given an old heap for the whole area, and more: see predict.");
  command->add_option("FILE", options->files, ".beam files")->required()->type_name("");
  command->add_flag("--json", options->json, "An array with one object per file")
      ->disable_flag_override();
  command->callback(
      [options, &session] { session.work = [options] { return run_inspect(*options); }; });
}

}  // namespace bench::cli
