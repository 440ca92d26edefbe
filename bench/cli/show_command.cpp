// show RUN: the table and the summary of a finished run, from its folder alone.
#include <memory>
#include <unistd.h>

#include "bench/cli/columns_flag.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"
#include "bench/report/recorded_run.hpp"
#include "bench/report/run_report.hpp"
#include "bench/report/terminal.hpp"

namespace bench::cli {
namespace {

struct Options {
  std::string run;
  std::vector<std::string> columns;  // one list per occurrence
};

// An incomplete run is shown, too, before it is rejected.
int run_show(const Options& options) {
  const auto columns = asked_columns(options.columns);
  if (!columns) return refuse(columns.failure().sentence);
  const auto read = report::read_recorded_run(options.run);
  if (!read) return refuse(read.failure().sentence);
  const report::RecordedRun& run = read.value();
  const std::size_t width = report::terminal_width(STDOUT_FILENO);
  const int code = answer(report::run_report(run.rows, run.state, run.dir, columns.value(), width));
  return run.flaw.empty() || code != kExitGood ? code : refuse(run.flaw);
}

}  // namespace

void add_show_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("show", "Print the table and the summary of a finished run again");
  command->footer("What `run` printed at its end, from the files in its folder alone. For a run\n"
                  "that was interrupted or is damaged: its results, what is wrong, and exit 2.");
  command->add_option("RUN", options->run, "Run folder, or its run.json or cells.jsonl")
      ->required()
      ->type_name("");
  add_columns_flag(*command, options->columns);
  command->callback(
      [options, &session] { session.work = [options] { return run_show(*options); }; });
}

}  // namespace bench::cli
