// list: strategies, allocators, presets.
#include <memory>
#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "allocators/locate.hpp"
#include "allocators/package.hpp"
#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/allocator_probe.hpp"
#include "bench/matrix/expand.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/report/terminal.hpp"
#include "bench/report/text_table.hpp"
#include "engine/purge/registry.hpp"

namespace bench::cli {
namespace {

using nlohmann::ordered_json;

// An empty text is null.
ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json list_json(const std::vector<matrix::AllocatorFacts>& found) {
  ordered_json json = {{"strategies", ordered_json::array()},
                       {"allocators", ordered_json::array()},
                       {"allocator_presets", ordered_json::array()},
                       {"run_presets", ordered_json::array()}};
  for (const auto& entry : beam::purge_strategies()) json["strategies"].push_back(entry.name);
  for (const matrix::AllocatorFacts& facts : found) {
    json["allocators"].push_back({{"name", facts.allocator->name},
                                  {"found", facts.reason.empty()},
                                  {"version", text_or_null(facts.version)},
                                  {"path", text_or_null(facts.path)},
                                  {"package", text_or_null(facts.package)},
                                  {"reason", text_or_null(facts.reason)}});
    for (const auto& preset : facts.allocator->presets) {
      json["allocator_presets"].push_back(fmt::format("{}:{}", facts.allocator->name, preset.name));
    }
  }
  for (const matrix::RunPreset& preset : matrix::run_presets())
    json["run_presets"].push_back(preset.name);
  return json;
}

class Listing {
 public:
  explicit Listing(std::size_t width) : width_(width) {}

  void heading(std::string_view text) {
    text_ += fmt::format("{}{}\n", text_.empty() ? "" : "\n", text);
  }
  void line(std::string_view name, const std::string& about) {
    text_ += report::wrapped(fmt::format("  {:<22}{}", name, about), width_, 24);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t width_;
  std::string text_;
};

std::string knobs_of(const ::allocators::Preset& preset) {
  std::string text;
  for (const auto& knob : preset.knobs) text += fmt::format(" {}={}", knob.variable, knob.value);
  return text;
}

std::string about_allocator(const matrix::AllocatorFacts& facts) {
  if (!facts.reason.empty()) return facts.reason;
  const std::string alias =
      facts.allocator->alias.empty() ? "" : fmt::format(", also called {}", facts.allocator->alias);
  return fmt::format("{} {}{}: {}", facts.version, facts.path, alias, facts.allocator->summary);
}

// How options are passed, and which variables exist besides.
std::string tuning_of(const ::allocators::Allocator& allocator) {
  const auto& options = allocator.options;
  const std::string option = options.separator == 0
                                 ? fmt::format("option=VALUE sets {}OPTION", options.variable)
                                 : fmt::format("option=VALUE puts {}option{}VALUE into {}",
                                               options.prefix, options.assign, options.variable);
  return fmt::format("{}; or a variable in capitals that begins with {}", option,
                     fmt::join(allocator.knob_prefixes, " or "));
}

std::size_t cells_of(const matrix::RunPreset& preset) {
  std::size_t cells = 0;
  for (const matrix::Axes& axes : preset.matrices) {
    if (const auto specs = matrix::expand(axes, {}); specs) cells += specs.value().size();
  }
  return cells;
}

std::string list_text(const std::vector<matrix::AllocatorFacts>& found, std::size_t width) {
  Listing listing(width);
  listing.heading("Strategies (--strategy)");
  for (const auto& entry : beam::purge_strategies())
    listing.line(entry.name, std::string(entry.summary));
  listing.heading("Allocators (--allocator), or a path to any shared library");
  for (const matrix::AllocatorFacts& facts : found)
    listing.line(facts.allocator->name, about_allocator(facts));
  listing.heading("Tuned allocators (--allocator), with what tunes them");
  for (const matrix::AllocatorFacts& facts : found) {
    for (const auto& preset : facts.allocator->presets) {
      listing.line(fmt::format("{}:{}", facts.allocator->name, preset.name),
                   fmt::format("{};{}", preset.summary, knobs_of(preset)));
    }
  }
  listing.heading("Tuned freely (--allocator NAME:VAR=VALUE;.., settings separated by ';')");
  for (const matrix::AllocatorFacts& facts : found) {
    if (!facts.allocator->knob_prefixes.empty())
      listing.line(facts.allocator->name, tuning_of(*facts.allocator));
  }
  listing.heading("Run presets (--preset)");
  for (const matrix::RunPreset& preset : matrix::run_presets()) {
    listing.line(preset.name, fmt::format("{}; {} cells, {} invocations each", preset.summary,
                                          cells_of(preset), preset.invocations));
  }
  return listing.text();
}

int run_list(bool json) {
  const auto found = matrix::probe_allocators();
  const std::string text = json ? list_json(found).dump(2) + "\n"
                                : list_text(found, report::terminal_width(STDOUT_FILENO));
  return answer(text);
}

}  // namespace

void add_list_command(CLI::App& app, Session& session) {
  auto json = std::make_shared<bool>(false);
  CLI::App* const command = app.add_subcommand("list", "Show strategies, allocators and presets");
  command->footer("The names that --strategy, --allocator and --preset of run take. An allocator\n"
                  "that is not installed is listed with the package that provides it.");
  command->add_flag("--json", *json, "The same as JSON")->disable_flag_override();
  command->callback([json, &session] { session.work = [json] { return run_list(*json); }; });
}

}  // namespace bench::cli
