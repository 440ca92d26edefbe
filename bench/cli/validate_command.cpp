// validate: the same programs in a real BEAM and in the model.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/cli/commands.hpp"
#include "bench/cli/number_flags.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/report/files.hpp"
#include "bench/report/terminal.hpp"
#include "bench/validate/named_programs.hpp"
#include "bench/validate/program_set.hpp"
#include "bench/validate/random_programs.hpp"
#include "bench/validate/validation.hpp"
#include "engine/base/result.hpp"

namespace bench::cli {
namespace {

constexpr cells::Range kRandom = {1, 10'000'000};

struct Options {
  std::optional<std::string> erl;
  std::optional<std::string> program;
  std::optional<std::uint64_t> random;  // number of programs
  std::optional<std::uint64_t> seed;
  bool json = false;

  [[nodiscard]] bool named_set() const { return !program && !random; }
};

Outcome<std::vector<validate::Program>> programs_of(const std::string& path) {
  BEAM_TRY(const auto text, report::read_file(path));
  auto programs = validate::parse_programs(text, std::filesystem::path(path).filename().string());
  if (programs && programs.value().empty()) {
    return Failure{fmt::format("{} contains no program", path)};
  }
  return programs;
}

std::vector<validate::Program> random_programs(std::uint64_t count, std::uint64_t seed) {
  std::vector<validate::Program> programs;
  programs.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) programs.push_back(validate::random_program(seed, i));
  return programs;
}

// The programs to run: one file, random programs, or the named set.
Outcome<std::vector<validate::Program>> chosen_programs(const Options& options) {
  if (options.program && options.random) {
    return Failure{"--program and --random exclude each other"};
  }
  if (options.seed && !options.random) {
    return Failure{"--seed applies only to random programs: give --random with it"};
  }
  if (options.program) return programs_of(*options.program);
  if (options.random) return random_programs(*options.random, options.seed.value_or(1));
  return validate::named_programs();
}

int run_validate(const Options& options) {
  const auto programs = chosen_programs(options);
  if (!programs) return refuse(programs.failure().sentence);
  const matrix::Interrupts interrupts;
  const auto beam = validate::RealBeam::find(options.erl, interrupts);
  if (interrupts.requested()) return kExitInterrupted;
  if (!beam) return refuse(beam.failure().sentence);
  const auto areas =
      options.named_set() ? validate::named_areas() : std::vector<validate::ModuleSpec>();
  const auto verdict = validate::validate(areas, programs.value(), beam.value());
  if (interrupts.requested()) return kExitInterrupted;
  if (!verdict) {
    complain(verdict.failure().sentence);
    return kExitVerdict;
  }
  const std::string text =
      options.json
          ? validate::verdict_json(verdict.value())
          : validate::verdict_table(verdict.value(), report::terminal_width(STDOUT_FILENO));
  if (!print(stdout, text)) return kExitLost;
  return verdict.value().differences() == 0 ? kExitGood : kExitVerdict;
}

}  // namespace

void add_validate_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("validate", "Compare the model with the erl of this machine");
  command->footer("Runs programs in the erl of this machine and in the model, and compares every\n"
                  "value of their heaps after every step: a named set, or random programs.\n"
                  "\n" +
                  std::string(kNumberHelp));
  command->add_option("--erl", options->erl, "The erl to compare with [the one on PATH]")
      ->type_name("PATH");
  takes_number(command
                   ->add_option("--random", options->random,
                                "Run N random programs instead of the named set")
                   ->type_name("N"),
               kRandom);
  takes_number(command->add_option("--seed", options->seed, "Seed of the random programs [1]")
                   ->type_name("N"),
               {});
  command->add_option("--program", options->program, "Run the programs in FILE instead")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "The comparison as JSON")->disable_flag_override();
  command->callback(
      [options, &session] { session.work = [options] { return run_validate(*options); }; });
}

}  // namespace bench::cli
