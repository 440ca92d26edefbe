// run: a matrix, from flags to a run folder and a table.
#include <algorithm>
#include <memory>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "allocators/environment.hpp"
#include "bench/cli/columns_flag.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/number_flags.hpp"
#include "bench/cli/out_path.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/run_identity.hpp"
#include "bench/matrix/run_matrix.hpp"
#include "bench/matrix/settings.hpp"
#include "bench/report/context.hpp"
#include "bench/report/replace_file.hpp"
#include "bench/report/run_folder.hpp"
#include "bench/report/run_report.hpp"
#include "bench/report/terminal.hpp"

namespace bench::cli {
namespace {

struct Options {
  // The value of each occurrence, by flag.
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  std::optional<std::string> out;
  std::optional<std::string> benchmark_out;
  std::optional<std::string> benchmark_out_format;
  std::vector<std::string> columns;  // one list per occurrence
  bool resume = false;
  bool json = false;
  bool list_tests = false;
};

// Lists given several times are joined.
matrix::TypedFlags typed_flags(const Options& options) {
  matrix::TypedFlags typed;
  for (const auto& [flag, values] : options.given) {
    if (!values.empty()) typed.emplace(flag, fmt::format("{}", fmt::join(values, ",")));
  }
  return typed;
}

Outcome<Done> check_outputs(const Options& options) {
  if (options.resume && !options.out) return Failure{"--resume needs --out, the run to resume"};
  if (options.out) {
    if (auto checked = check_run_dir("--out", *options.out, options.resume); !checked)
      return checked;
  } else if (auto checked = check_run_dir("--out", default_run_dir().parent_path(), true);
             !checked) {
    return checked;
  }
  if (options.benchmark_out_format.value_or("json") != "json") {
    return Failure{fmt::format("--benchmark_out_format can only be json, not '{}'",
                               *options.benchmark_out_format)};
  }
  if (options.benchmark_out_format && !options.benchmark_out) {
    return Failure{"--benchmark_out_format needs --benchmark_out"};
  }
  return options.benchmark_out ? check_out_file("--benchmark_out", *options.benchmark_out) : Done{};
}

std::string list_of_names(const matrix::RunPlan& plan) {
  std::string text;
  for (const matrix::PlannedCell& cell : plan.cells) text += cell.name + "\n";
  return text;
}

std::set<matrix::RowKey> keys_of(const std::vector<report::Row>& rows) {
  std::set<matrix::RowKey> keys;
  for (const report::Row& row : rows) keys.emplace(report::cell_name(row.spec), row.invocation);
  return keys;
}

// The rows of a folder that has those in `there`, once the plan is done.
std::size_t rows_in_the_end(const matrix::RunPlan& plan, std::set<matrix::RowKey> there) {
  for (const matrix::PlannedCell& cell : plan.cells) {
    for (std::uint64_t i = 0; i < plan.invocations; ++i) there.emplace(cell.name, i);
  }
  return there.size();
}

// The table, the summary and the folder of the run.
std::string report_text(const report::RunFolder& folder, const report::ColumnNames& columns,
                        int fd) {
  return report::run_report(folder.rows(), folder.state(), folder.dir(), columns,
                            report::terminal_width(fd));
}

// Whether any cell was measured; if not, the run fails.
bool measured_something(const std::vector<report::Row>& rows) {
  return std::ranges::any_of(rows, [](const report::Row& row) { return ran(row.result); });
}

// Reports what could not be written. The rows are still in memory, so the run is shown anyway.
bool write_files(const Options& options, report::RunFolder& folder) {
  bool good = true;
  const auto note = [&good](const Outcome<Done>& outcome) {
    if (outcome) return;
    complain(outcome.failure().sentence);
    good = false;
  };
  note(folder.finish());
  if (options.benchmark_out) note(report::replace_file(*options.benchmark_out, folder.run_json()));
  if (!options.out) note(link_latest(folder.dir()));
  return good;
}

bool show(const Options& options, const report::ColumnNames& columns,
          const report::RunFolder& folder) {
  if (!options.json) return print(stdout, report_text(folder, columns, STDOUT_FILENO));
  return print(stdout, folder.run_json()) &&
         print(stderr, report_text(folder, columns, STDERR_FILENO));
}

int run_and_report(const Options& options, const report::ColumnNames& columns,
                   const matrix::RunPlan& plan, const report::RunIdentity& identity,
                   report::RunFolder folder) {
  const std::set<matrix::RowKey> done = keys_of(folder.rows());
  folder.expect(rows_in_the_end(plan, done));
  std::optional<Failure> lost;  // the first failed write; its row is written with a later one
  const matrix::MatrixOutcome outcome =
      matrix::run_matrix(plan, identity, done, [&](report::Row row) {
        const auto kept = folder.add(std::move(row));
        if (!kept && !lost) lost = kept.failure();
      });
  if (lost) complain(lost->sentence);
  const bool written = write_files(options, folder);
  const bool shown = show(options, columns, folder);
  if (outcome.interrupted) return kExitInterrupted;
  const bool failed =
      std::ranges::any_of(folder.rows(), [](const report::Row& row) { return row.result.failed; });
  const bool measured = measured_something(folder.rows());
  if (!measured && !failed) complain("nothing was measured: every cell was skipped");
  if (!written || !shown) return kExitLost;
  return failed || !measured ? kExitVerdict : kExitGood;
}

int run(const Options& options, const std::vector<std::string>& command_line) {
  const auto plan = matrix::plan_run(typed_flags(options));
  if (!plan) return refuse(plan.failure().sentence);
  const auto columns = asked_columns(options.columns);
  if (!columns) return refuse(columns.failure().sentence);
  if (options.list_tests) return answer(list_of_names(plan.value()));
  if (auto checked = check_outputs(options); !checked) return refuse(checked.failure().sentence);

  const auto dir =
      options.out ? Outcome<std::filesystem::path>(*options.out) : make_run_dir(default_run_dir());
  if (!dir) return refuse(dir.failure().sentence);
  const auto environment = ::allocators::current_environment();
  for (const std::string& sentence : matrix::dropped_tuning(plan.value(), environment))
    complain(sentence);
  const report::RunIdentity identity = matrix::identity_of(plan.value(), environment);
  std::string context = report::context_json(command_line);
  auto folder = options.resume
                    ? report::RunFolder::resume(dir.value(), std::move(context), identity)
                    : report::RunFolder::create(dir.value(), std::move(context));
  if (!folder) return refuse(folder.failure().sentence);
  return run_and_report(options, columns.value(), plan.value(), identity,
                        std::move(folder).value());
}

void add_flag_table(CLI::App& command, Options& options, std::span<const matrix::Flag> flags,
                    const std::string& group) {
  for (const matrix::Flag& flag : flags) {
    CLI::Option* const option = command.add_option(
        std::string(flag.name), options.given[std::string(flag.name)], std::string(flag.help));
    option->type_name(std::string(flag.type))->allow_extra_args(false)->group(group);
    const bool list = flag.type.ends_with(",..");
    if (!list) option->expected(1);
    if (flag.numbers && list) takes_numbers(option, *flag.numbers);
    if (flag.numbers && !list) takes_number(option, *flag.numbers);
  }
}

void add_output_flags(CLI::App& command, Options& options) {
  const std::string group = "Output";
  command.add_option("--out", options.out, "Run folder, absent or empty [results/<time>-<commit>]")
      ->type_name("DIR")
      ->group(group);
  command.add_flag("--resume", options.resume, "Continue the run in --out: only missing cells")
      ->disable_flag_override()
      ->group(group);
  add_columns_flag(command, options.columns)->group(group);
  command.add_flag("--json", options.json, "run.json on stdout, the table on stderr")
      ->disable_flag_override()
      ->group(group);
  command
      .add_flag("--benchmark_list_tests", options.list_tests,
                "Print the names of the cells, run none")
      ->group(group);
  command.add_option("--benchmark_out", options.benchmark_out, "Write run.json to this file too")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--benchmark_out_format", options.benchmark_out_format,
                  "Its format, which is json")
      ->type_name("json")
      ->group(group);
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("run", "Purge under different allocators and measure it");
  command->footer(
      "Every combination of the axes is a cell. A cell runs in fresh child processes\n"
      "with its allocator preloaded; one that fails or needs too much memory is a row\n"
      "of the table like any other. `purgebench list` lists the presets; axes given\n"
      "with a preset replace its own.\n"
      "\n"
      "The first of / : = in an allocator's name says what it is: / the path of any\n"
      "library, : NAME:PRESET or NAME:VAR=VALUE;VAR=VALUE, = NAME=PATH, a name for the\n"
      "library at PATH, which must contain a /. NAME=FILE names a module; files without\n"
      "a name that share a stem are distinguished by a hash of their contents.\n"
      "\n"
      "Numbers are whole, and may end in k, M or G: 10k is 10000. Bytes also take kB,\n"
      "MB, GB, KiB, MiB, GiB, and times ms, s, min. A comma separates two numbers.");
  add_flag_table(*command, *options, matrix::axis_flags(),
                 "Axes, as comma-separated lists [defaults]");
  add_flag_table(*command, *options, matrix::setting_flags(), "Settings");
  add_output_flags(*command, *options);
  command->callback([options, &session] {
    session.work = [options, &session] { return run(*options, session.command_line); };
  });
}

}  // namespace bench::cli
