// predict FILE: the spike before it happens, and what would prevent it.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/cells/axes.hpp"
#include "bench/cells/limits.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/number_flags.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/module_file.hpp"
#include "bench/matrix/values.hpp"
#include "bench/predict/prediction.hpp"
#include "bench/predict/prediction_progress.hpp"
#include "bench/predict/prediction_report.hpp"
#include "bench/report/terminal.hpp"
#include "engine/base/result.hpp"
#include "engine/purge/registry.hpp"

namespace bench::cli {
namespace {

struct Options {
  std::string file;
  predict::PredictionSpec spec;
  std::optional<std::uint64_t> held_words;
  std::vector<std::string> hold;  // one list per occurrence
  std::string strategy{beam::purge_strategies().front().name};
  bool json = false;
};

Outcome<predict::PredictionSpec> read_spec(const Options& options) {
  predict::PredictionSpec spec = options.spec;
  const cells::Axis& axis = cells::axis_of(&cells::CellSpec::strategy);
  BEAM_CHECK(matrix::check_word(axis.flag, options.strategy, axis.words()));
  spec.strategy = *beam::find_strategy_entry(options.strategy);
  if (options.held_words && !options.hold.empty()) {
    return Failure{"--hold and --held-words exclude each other"};
  }
  if (options.held_words) spec.held_words = *options.held_words;
  if (spec.heap_words == 1) {
    return Failure{"--heap-words 1 cannot be built: the smallest term on a heap takes 2 words"};
  }
  if (!options.hold.empty()) {
    BEAM_TRY(auto indexes,
             matrix::parse_numbers("--hold", fmt::format("{}", fmt::join(options.hold, ",")), {}));
    spec.hold = std::move(indexes);
  }
  return spec;
}

predict::PredictionWatch progress_on_stderr() {
  using Clock = std::chrono::steady_clock;
  return [began = Clock::now()](const predict::PredictionStep& step) {
    const std::chrono::duration<double> passed = Clock::now() - began;
    const std::string sentence = predict::progress_sentence(step, passed.count());
    if (!sentence.empty()) complain(sentence);
  };
}

int run_predict(const Options& options) {
  const auto spec = read_spec(options);
  if (!spec) return refuse(spec.failure().sentence);
  const auto area = matrix::read_module_area(options.file);
  if (!area) return refuse(area.failure().sentence);
  const auto prediction =
      predict::predict(spec.value(), *area.value(), options.file, progress_on_stderr());
  if (!prediction) return refuse(prediction.failure().sentence);
  const std::string text =
      options.json
          ? predict::prediction_json(prediction.value(), spec.value())
          : predict::prediction_text(prediction.value(), spec.value(), area.value()->module_name,
                                     report::terminal_width(STDOUT_FILENO));
  return answer(text);
}

}  // namespace

void add_predict_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("predict", "The spike of a reload, and what prevents it");
  command->footer(
      "Loads the module twice in a model of OTP 25, lets every holder keep literals of\n"
      "the first version, and purges it; then does so again with each change that\n"
      "might help. Nothing is measured on a node, and no Erlang is needed.\n"
      "\n" +
      std::string(kNumberHelp));
  const auto flag = [command](const char* name, auto& value, const char* type, const char* help) {
    return command->add_option(name, value, help)->type_name(type)->allow_extra_args(false);
  };
  predict::PredictionSpec& spec = options->spec;
  command->add_option("FILE", options->file, "A .beam file")->required()->type_name("");
  takes_number(flag("--holders", spec.holders, "N", "Processes that hold literals of it [100]"),
               {1, cells::kProcesses.max});
  takes_number(flag("--held-words,--held", options->held_words, "K",
                    "Words each holds, as whole literals [one literal]"),
               cells::kHeldWords);
  takes_numbers(flag("--hold", options->hold, "INDEX,..", "Literals each holds, by index from 0"),
                {});
  takes_number(flag("--heap-words", spec.heap_words, "N", "Live words of own data in each [0]"),
               cells::kHeapWords);
  takes_number(
      flag("--max-heap-size", spec.max_heap_words, "N", "Words that kill a holder [0: no limit]"),
      {});
  flag("--strategy", options->strategy, "NAME", "How the purge copies what is held [otp]");
  command->add_flag("--hibernated", spec.hibernated, "Holders hibernate before the purge")
      ->disable_flag_override();
  command->add_flag("--json", options->json, "One object")->disable_flag_override();
  command->callback(
      [options, &session] { session.work = [options] { return run_predict(*options); }; });
}

}  // namespace bench::cli
