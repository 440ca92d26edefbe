#include "bench/cli/help.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/cli/output.hpp"
#include "bench/report/nearest_name.hpp"

namespace bench {
namespace {

constexpr std::size_t kHelpColumn = 24;

// Shows a flag's value by its type alone; the parser's own adds "..." to what can be repeated. One
// blank line between any two parts; the parser's own has two, or none.
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
  return refuse(fmt::format("there is no command '{}' (there are {}){}", wanted,
                            fmt::join(names, ", "), did_you_mean(wanted, names)));
}

}  // namespace

void describe_help(CLI::App& app) {
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Print this");
}

void add_help_command(CLI::App& app, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* const command = app.add_subcommand("help", "Print this list, or the help of a command");
  command->add_option("COMMAND", *wanted, "Whose help, as its --help prints it")->type_name("");
  command->callback([wanted, &app, &session] {
    session.work = [wanted, &app] { return run_help(app, *wanted); };
  });
}

}  // namespace bench
