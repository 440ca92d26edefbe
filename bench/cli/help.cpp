#include "bench/cli/help.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "allocators/registry.hpp"
#include "bench/build_info.hpp"
#include "bench/cells/axes.hpp"
#include "bench/cli/documents.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/report/columns.hpp"
#include "bench/report/nearest_name.hpp"

namespace bench::cli {
namespace {

constexpr std::size_t kHelpColumn = 24;
constexpr std::array<std::string_view, 3> kDocuments = {"man", "bash", "zsh"};

// Shows only the type of a flag's value; the parser's formatter adds "..." to what can be repeated.
// One blank line between two parts; the parser's formatter has two, or none.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(kHelpColumn);
    label("SUBCOMMAND", "COMMAND");
    label("Positionals", "Arguments");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    return option->get_type_size() == 0 || type.empty() ? "" : " " + type;
  }
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    std::string text = CLI::Formatter::make_help(app, std::move(name), mode);
    for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n"))
      text.erase(at, 1);
    if (const std::size_t at = text.find("\nUsage:"); at != std::string::npos)
      text.insert(at, "\n");
    return text;
  }
};

std::string help_of(const CLI::App& app, const CLI::App& command) {
  const std::string name =
      &app == &command ? app.get_name() : app.get_name() + " " + command.get_name();
  return command.get_formatter()->make_help(&command, name, CLI::AppFormatMode::Normal);
}

int run_help(const CLI::App& app, const std::string& wanted) {
  std::vector<std::string_view> names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    if (command->get_name() == wanted) return answer(help_of(app, *command));
    names.push_back(command->get_name());
  }
  if (wanted.empty()) return answer(help_of(app, app));
  return refuse(fmt::format("unknown command '{}' (commands: {}){}", wanted, fmt::join(names, ", "),
                            report::did_you_mean(wanted, names)));
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const matrix::RunPreset& preset : matrix::run_presets()) names.emplace_back(preset.name);
  return names;
}

std::vector<std::string> allocator_names() {
  std::vector<std::string> names;
  for (const auto* const each : ::allocators::registry()) names.emplace_back(each->name);
  return names;
}

// The column names without blanks.
std::vector<std::string> column_keys() {
  std::vector<std::string> keys;
  for (const std::string_view name : report::column_names())
    if (name.find(' ') == std::string_view::npos) keys.emplace_back(name);
  return keys;
}

// The values that completions offer for a flag.
std::vector<std::string> words_of(std::string_view flag) {
  if (flag == "--allocator") return allocator_names();
  if (flag == "--preset") return preset_names();
  if (flag == "--columns") return column_keys();
  if (flag == "--generate") return {kDocuments.begin(), kDocuments.end()};
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (axis.flag != flag || axis.words == nullptr) continue;
    const auto words = axis.words();
    return {words.begin(), words.end()};
  }
  return {};
}

int generate(const CLI::App& app, const std::string& document) {
  if (document == "man") return answer(manual_page(app, build_info::kVersion));
  if (document == "bash") return answer(bash_completion(app, words_of));
  if (document == "zsh") return answer(zsh_completion(app, words_of));
  return refuse(fmt::format("--generate takes man, bash or zsh, not '{}'{}", document,
                            report::did_you_mean(document, kDocuments)));
}

}  // namespace

void describe_help(CLI::App& app) {
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Print this");
}

void add_help_command(CLI::App& app, Session& session) {
  struct Options {
    std::string command;
    std::string document;
  };
  auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("help", "Print this list, or the help of a command");
  command->add_option("COMMAND", options->command, "The command whose help is printed")
      ->type_name("");
  command
      ->add_option("--generate", options->document,
                   "Print a page for man, or completions: man, bash, zsh")
      ->type_name("KIND");
  command->callback([options, &app, &session] {
    session.work = [options, &app] {
      if (options->document.empty()) return run_help(app, options->command);
      if (options->command.empty()) return generate(app, options->document);
      return refuse("--generate covers all commands: give no COMMAND with it");
    };
  });
}

}  // namespace bench::cli
