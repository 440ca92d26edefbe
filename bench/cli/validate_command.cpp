// validate: the same programs in a real BEAM and in the model.
#include <filesystem>
#include <memory>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/report/files.hpp"
#include "bench/report/terminal.hpp"
#include "bench/validate/named_programs.hpp"
#include "bench/validate/random_programs.hpp"
#include "bench/validate/validation.hpp"

namespace bench {
namespace {

constexpr std::uint64_t kMaxRandom = 10'000'000;

struct Options {
  std::optional<std::string> erl;
  std::string program;
  std::optional<std::uint64_t> random;
  std::uint64_t seed = 1;
  bool json = false;
};

// What to run, as asked for: one file, random programs, or the named set.
Outcome<std::vector<validate::Program>> chosen_programs(const Options& options) {
  if (!options.program.empty()) {
    const auto text = read_file(options.program);
    if (!text) return text.failure();
    auto program = validate::parse_program(
        text.value(), std::filesystem::path(options.program).filename().string());
    if (!program) return program.failure();
    return std::vector{std::move(program).value()};
  }
  if (!options.random) return validate::named_programs();
  std::vector<validate::Program> programs;
  for (std::uint64_t i = 0; i < *options.random; ++i) {
    programs.push_back(validate::random_program(options.seed, i));
  }
  return programs;
}

int run_validate(const Options& options) {
  if (!options.program.empty() && options.random) {
    return refuse("--program and --random name different programs: give one of them");
  }
  if (options.random && (*options.random == 0 || *options.random > kMaxRandom)) {
    return refuse(fmt::format("--random takes a number from 1 to {}", kMaxRandom));
  }
  const auto programs = chosen_programs(options);
  if (!programs) return refuse(programs.failure().sentence);
  const Interrupts interrupts;
  const auto beam = validate::RealBeam::find(options.erl, interrupts);
  if (interrupts.requested()) return kExitInterrupted;
  if (!beam) return refuse(beam.failure().sentence);
  const bool all = options.program.empty() && !options.random;
  const auto areas = all ? validate::named_areas() : std::vector<validate::ModuleSpec>();
  const auto verdict = validate::validate(areas, programs.value(), beam.value());
  if (interrupts.requested()) return kExitInterrupted;
  if (!verdict) {
    complain(verdict.failure().sentence);
    return kExitVerdict;
  }
  const std::string text =
      options.json ? validate::verdict_json(verdict.value())
                   : validate::verdict_table(verdict.value(), terminal_width(STDOUT_FILENO));
  if (!print(stdout, text)) return kExitVerdict;
  return verdict.value().differences() == 0 ? kExitGood : kExitVerdict;
}

}  // namespace

void add_validate_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("validate", "Compare the model with the erl of this machine");
  command->footer("Runs programs in the erl of this machine and in the model, and compares every\n"
                  "value of their heaps after every step: a named set, or random programs.");
  command->add_option("--erl", options->erl, "The erl to compare with [the one on PATH]")
      ->type_name("PATH");
  command->add_option("--random", options->random, "Run N random programs instead of the named set")
      ->type_name("N");
  command->add_option("--seed", options->seed, "Seed of the random programs [1]")->type_name("N");
  command->add_option("--program", options->program, "Run the program in FILE instead")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "The comparison as JSON")->disable_flag_override();
  command->callback(
      [options, &session] { session.work = [options] { return run_validate(*options); }; });
}

}  // namespace bench
