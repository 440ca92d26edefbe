#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "bench/cli/documents.hpp"

namespace bench::cli {
namespace {

// Escaped for man(7): dashes can be copied, and no line is a request.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool at_line_start = out.empty() || out.back() == '\n';
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

// Text whose line breaks are kept; without empty lines, which the formatter rejects.
std::string preformatted(const std::string& text) {
  std::string out = ".PP\n.nf\n";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out += line.empty() ? ".sp\n" : escaped(line) + "\n";
  return out + ".fi\n";
}

// "-h, --help", "--out DIR", or the name of an argument.
std::string heading(const CLI::Option& option) {
  std::string text;
  for (const std::string& name : option.get_snames()) text += "-" + name + ", ";
  for (const std::string& name : option.get_lnames()) text += "--" + name + ", ";
  if (text.empty()) return "\\fI" + escaped(option.get_name(true)) + "\\fR";
  text.resize(text.size() - 2);
  const std::string type = option.get_type_size() == 0 ? "" : option.get_type_name();
  return "\\fB" + escaped(text) + "\\fR" + (type.empty() ? "" : " \\fI" + escaped(type) + "\\fR");
}

std::string option_entries(const CLI::App& app) {
  std::string text;
  std::string group;
  for (const CLI::Option* const option : app.get_options()) {
    const bool has_group = !option->get_positional() && option->get_group() != "Options";
    if (has_group && option->get_group() != group) {
      group = option->get_group();
      text += ".PP\n" + escaped(group) + ":\n";
    }
    text += ".TP\n" + heading(*option) + "\n" + escaped(option->get_description()) + "\n";
  }
  return text;
}

std::string usage(const CLI::App& app, const CLI::App& command) {
  std::string text = fmt::format(R"(\fB{} {}\fR [\fIflags\fR])", escaped(app.get_name()),
                                 escaped(command.get_name()));
  for (const CLI::Option* const option : command.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = "\\fI" + escaped(option->get_name(true)) + "\\fR";
    text += option->get_required() ? " " + name : " [" + name + "]";
  }
  return text;
}

std::string command_section(const CLI::App& app, const CLI::App& command) {
  std::string text = fmt::format(".SS {}\n{}\n.br\n{}.\n", escaped(command.get_name()),
                                 usage(app, command), escaped(command.get_description()));
  text += option_entries(command);
  if (!command.get_footer().empty()) text += preformatted(command.get_footer());
  return text;
}

// Joins lines of sentences, for a paragraph that the formatter fills.
std::string in_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app, std::string_view version) {
  std::string name = app.get_name();
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
  std::string text = fmt::format(".TH {} 1 \"\" \"{} {}\" \"User Commands\"\n", name,
                                 app.get_name(), escaped(version));
  text += fmt::format(".SH NAME\n{} \\- the cost of purging a reloaded module on the BEAM\n",
                      app.get_name());
  text += fmt::format(".SH SYNOPSIS\n\\fB{}\\fR \\fIcommand\\fR [\\fIflags\\fR]\n",
                      escaped(app.get_name()));
  text += ".SH DESCRIPTION\n" + escaped(in_one_line(app.get_description())) + "\n";
  text += option_entries(app) + preformatted(app.get_footer());
  text += ".SH COMMANDS\n";
  for (const CLI::App* const command : app.get_subcommands(nullptr))
    text += command_section(app, *command);
  text += ".SH ENVIRONMENT\n"
          ".TP\n\\fBNO_COLOR\\fR\nSet to anything: no colour in what is printed.\n"
          ".TP\n\\fBTERM\\fR\nIf it is \\fBdumb\\fR, the same.\n"
          ".TP\n\\fBCOLUMNS\\fR\nThe width of tables and sentences, in characters.\n";
  return text;
}

}  // namespace bench::cli
