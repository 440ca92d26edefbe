#include "bench/validate/real_beam.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "allocators/environment.hpp"
#include "bench/matrix/cell_runner.hpp"
#include "bench/matrix/child_process.hpp"
#include "bench/report/files.hpp"
#include "bench/report/replace_file.hpp"
#include "bench/validate/driver.hpp"
#include "bench/validate/scratch_directory.hpp"
#include "bench/validate/steps.hpp"
#include "engine/base/result.hpp"

namespace bench::validate {
namespace {

// Hundreds of programs take seconds.
constexpr std::chrono::seconds kTimeout{600};
constexpr std::chrono::seconds kReleaseTimeout{30};
constexpr const char* kDriverFile = "purgebench_driver.erl";

bool is_program(const std::string& path) {
  return ::access(path.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(path);
}

Outcome<std::string> find_erl(const std::optional<std::string>& given) {
  if (given) {
    if (is_program(*given)) return *given;
    return Failure{
        fmt::format("--erl {}: there is no such program", given->empty() ? "''" : *given)};
  }
  const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  std::istringstream directories(path == nullptr ? "" : path);
  for (std::string directory; std::getline(directories, directory, ':');) {
    std::string candidate = (directory.empty() ? "." : directory) + "/erl";
    if (is_program(candidate)) return candidate;
  }
  return Failure{
      fmt::format("there is no erl on PATH to compare with; OTP {} is needed (--erl names one)",
                  kModelledRelease)};
}

// The environment without what changes how erl starts or finds modules: its own variables, and
// files in the user's home.
std::vector<std::string> plain_environment(const std::string& home) {
  std::vector<std::string> variables = ::allocators::current_environment();
  std::erase_if(variables, [](const std::string& variable) {
    return variable.starts_with("ERL_") || variable.starts_with("HOME=") ||
           variable.starts_with("XDG_CONFIG_HOME=");
  });
  variables.push_back("HOME=" + home);
  variables.emplace_back("ERL_CRASH_DUMP_SECONDS=0");  // its output is enough
  return variables;
}

// The release in erl's output, after possible startup messages: a number, or R and a number. Empty
// if not found.
std::string release_in(const std::string& answer) {
  std::istringstream words(answer);
  std::string release;
  for (std::string word; words >> word;) release = word;
  constexpr std::size_t kMostCharacters = 16;
  const bool plain = std::ranges::all_of(release, [](char c) {
    return ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || c == '.' || c == '-';
  });
  const bool numbered = release.find_first_of("0123456789") != std::string::npos;
  return plain && numbered && release.size() <= kMostCharacters ? release : "";
}

// The specs of all programs, each once.
std::vector<ModuleSpec> all_modules(std::span<const Program> programs) {
  std::vector<ModuleSpec> all;
  for (const Program& program : programs) {
    all.insert(all.end(), program.modules.begin(), program.modules.end());
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string spec_term(const ModuleSpec& spec) {
  return fmt::format("[{},{},{}]", spec.kind, spec.count, spec.size);
}

std::string step_term(const Step& step) {
  std::string term = fmt::format("['{}'", kind_of(step.op).name);
  for (const Number number : step.arguments) term += fmt::format(",{}", number);
  return term + "]";
}

std::string option_terms(const Program& program) {
  return fmt::format("[{{min_heap_size,{}}},{{fullsweep_after,{}}},"
                     "{{max_heap_size,#{{size=>{},kill=>{},error_logger=>false}}}},"
                     "{{message_queue_data,{}}}]",
                     program.min_heap, program.fullsweep_after, program.max_heap, program.kill,
                     program.off_heap ? "off_heap" : "on_heap");
}

// The file that the driver reads; see driver.erl.
std::string driver_input(std::span<const Program> programs, std::span<const ModuleSpec> specs) {
  std::vector<std::string> terms;
  for (const ModuleSpec& spec : specs) terms.push_back(spec_term(spec));
  std::string text = fmt::format("{{modules,[{}]}}.\n", fmt::join(terms, ","));
  for (std::size_t i = 0; i < programs.size(); ++i) {
    std::vector<std::ptrdiff_t> indexes;
    for (const ModuleSpec& spec : programs[i].modules) {
      indexes.push_back(std::ranges::lower_bound(specs, spec) - specs.begin());
    }
    std::vector<std::string> steps;
    for (const Step& step : programs[i].steps) steps.push_back(step_term(step));
    text += fmt::format("{{program,{},{},{},[{}],[{}]}}.\n", i, option_terms(programs[i]),
                        programs[i].arguments, fmt::join(indexes, ","), fmt::join(steps, ","));
  }
  return text;
}

// The driver's lines, in order: program, step, values.
Outcome<std::vector<std::vector<HeapReading>>> parse_heaps(const std::string& text,
                                                           std::span<const Program> programs) {
  std::istringstream numbers(text);
  std::vector<std::vector<HeapReading>> all;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    std::vector<HeapReading> readings(programs[i].steps.size());
    for (std::size_t at = 0; at < readings.size(); ++at) {
      std::size_t program = 0;
      std::size_t step = 0;
      numbers >> program >> step;
      for (auto& value : readings[at].values) numbers >> value;
      if (!numbers || program != i || step != at) {
        return Failure{
            fmt::format("erl did not tell the heap of {} after step {}", programs[i].name, at + 1)};
      }
    }
    all.push_back(std::move(readings));
  }
  return all;
}

// The beginning of the program, on one line.
std::string program_line(const Program& program) {
  constexpr std::size_t kMostShown = 400;
  std::istringstream lines(program_text(program));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  const std::string joined = fmt::format("{}", fmt::join(all, "; "));
  return joined.size() <= kMostShown ? joined : joined.substr(0, kMostShown) + "...";
}

// The failure and the program that was running: the first one with missing lines.
Failure stopped(const Failure& failure, const std::string& heaps,
                std::span<const Program> programs) {
  auto lines = static_cast<std::size_t>(std::ranges::count(heaps, '\n'));
  for (const Program& program : programs) {
    if (lines < program.steps.size()) {
      return Failure{fmt::format("{}, while it ran {} ({})", failure.sentence, program.name,
                                 program_line(program))};
    }
    lines -= program.steps.size();
  }
  return failure;
}

Outcome<Done> write_inputs(const std::filesystem::path& directory, std::string_view programs) {
  BEAM_CHECK(report::replace_file(directory / kDriverFile, driver_source()));
  return report::replace_file(directory / "programs", programs);
}

// The path to which the driver writes the module of a spec.
std::string module_path(const std::filesystem::path& directory, std::size_t index) {
  return (directory / fmt::format("{}.beam", index)).string();
}

// `text` as an Erlang string.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

Outcome<RealBeam> RealBeam::find(const std::optional<std::string>& path,
                                 const matrix::Interrupts& interrupts) {
  BEAM_TRY(const auto erl, find_erl(path));
  RealBeam beam(erl, interrupts);
  BEAM_TRY(const auto answer,
           beam.evaluate("io:put_chars(erlang:system_info(otp_release))", kReleaseTimeout));
  beam.release_ = release_in(answer);
  if (beam.release_.empty()) {
    return Failure{fmt::format("{} is no erl: it does not tell its release", beam.erl_)};
  }
  if (beam.release_ == kModelledRelease) return beam;
  return Failure{fmt::format("{} is OTP {}, and what is modelled is OTP {}", beam.erl_,
                             beam.release_, kModelledRelease)};
}

Outcome<std::string> RealBeam::evaluate(const std::string& expression,
                                        std::chrono::seconds timeout) const {
  // erl looks for modules in its working directory first, so it runs in an empty one.
  BEAM_TRY(const auto directory, ScratchDirectory::make());
  const std::string home = directory.path().string();
  const matrix::ChildOutcome outcome = matrix::run_child(
      {.arguments = {"-boot", "no_dot_erlang", "-noinput", "+S", "1:1", "+sbwt", "none",
                     "+sbwtdcpu", "none", "+sbwtdio", "none", "-eval", expression + ", halt(0)."},
       .environment = plain_environment(home),
       .timeout = timeout,
       .program = std::filesystem::absolute(erl_).string(),
       .directory = home},
      *interrupts_);
  if (outcome.end == matrix::ChildOutcome::End::kExited && outcome.code == 0)
    return outcome.error_tail;
  if (outcome.end == matrix::ChildOutcome::End::kTimedOut) {
    return Failure{
        fmt::format("{} did not finish within {} s and was killed", erl_, timeout.count())};
  }
  return Failure{fmt::format("{}: {}", erl_, matrix::why_it_failed(outcome, timeout))};
}

Outcome<Done> RealBeam::drive(const std::filesystem::path& directory, std::string_view function,
                              std::string_view input) const {
  BEAM_CHECK(write_inputs(directory, input));
  BEAM_CHECK(evaluate(
      fmt::format("{{ok, M, B}} = compile:file({}, [binary, report]), {{module, M}} = "
                  "code:load_binary(M, \"\", B), M:{}({})",
                  quoted((directory / kDriverFile).string()), function, quoted(directory.string())),
      kTimeout));
  return Done{};
}

Outcome<Observed> RealBeam::run(std::span<const Program> programs) const {
  BEAM_TRY(const auto directory, ScratchDirectory::make());
  const std::filesystem::path& path = directory.path();
  const std::vector<ModuleSpec> specs = all_modules(programs);
  const auto ran = drive(path, "main", driver_input(programs, specs));
  auto heaps = report::read_file(path / "heaps");
  if (!ran) return heaps ? stopped(ran.failure(), heaps.value(), programs) : ran.failure();
  BEAM_TRY(const auto text, std::move(heaps));
  BEAM_TRY(auto readings, parse_heaps(text, programs));

  Observed observed{std::move(readings), {}};
  for (std::size_t i = 0; i < specs.size(); ++i) {
    BEAM_TRY(auto module, matrix::read_module(module_path(path, i)));
    observed.modules.emplace(specs[i], std::move(module));
  }
  return observed;
}

Outcome<std::vector<ObservedArea>>
RealBeam::measure_areas(std::span<const ModuleSpec> specs) const {
  BEAM_TRY(const auto directory, ScratchDirectory::make());
  const std::filesystem::path& path = directory.path();
  BEAM_CHECK(drive(path, "areas", driver_input({}, specs)));
  BEAM_TRY(const auto text, report::read_file(path / "areas"));
  std::istringstream numbers(text);
  std::vector<ObservedArea> areas;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    BEAM_TRY(auto module, matrix::read_module(module_path(path, i)));
    areas.push_back({specs[i], 0, std::move(module)});
    if (!(numbers >> areas.back().block_bytes)) {
      return Failure{fmt::format("erl did not tell the area of {}", spec_term(specs[i]))};
    }
  }
  return areas;
}

}  // namespace bench::validate
