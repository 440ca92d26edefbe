// compare BASE NEW: what changed between two runs.
#include <memory>
#include <unistd.h>

#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"
#include "bench/report/compare.hpp"
#include "bench/report/terminal.hpp"

namespace bench::cli {
namespace {

struct Options {
  std::string base;
  std::string contender;
  bool json = false;
};

int run_compare(const Options& options) {
  const auto compared =
      report::compare_runs(options.base, options.contender, report::terminal_width(STDOUT_FILENO));
  if (!compared) return refuse(compared.failure().sentence);
  const report::Comparison& comparison = compared.value();
  if (!print(stdout, options.json ? comparison.json : comparison.text)) return kExitLost;
  return comparison.regressed ? kExitVerdict : kExitGood;
}

}  // namespace

void add_compare_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("compare", "Show what changed between two runs");
  command->footer("Deterministic counters are gated: one that grew is a regression, and exit 1.\n"
                  "Times and resident memory are shown with their spread and are not gated.");
  command->add_option("BASE", options->base, "Run folder or run.json: the baseline")
      ->required()
      ->type_name("");
  command->add_option("NEW", options->contender, "Run folder or run.json to compare with it")
      ->required()
      ->type_name("");
  command->add_flag("--json", options->json, "The comparison as JSON")->disable_flag_override();
  command->callback(
      [options, &session] { session.work = [options] { return run_compare(*options); }; });
}

}  // namespace bench::cli
