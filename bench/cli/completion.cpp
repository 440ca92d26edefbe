#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/cli/documents.hpp"

namespace bench::cli {
namespace {

std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

bool takes_value(const CLI::Option& option) {
  return !option.get_positional() && option.get_type_size() != 0 && !option.get_type_name().empty();
}

// Whether the option's type name stands for a file or a folder.
bool is_path(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return option.get_positional() || type.starts_with("FILE") || type.starts_with("PATH") ||
         type.starts_with("DIR");
}

bool is_list(const CLI::Option& option) { return option.get_type_name().ends_with(",.."); }

// bash -------------------------------------------------------------------------------------------

// The case clause that completes a flag's value.
std::string bash_value(const CLI::App& command, const CLI::Option& option, const WordsOf& words) {
  const std::string flag = "--" + option.get_lnames().front();
  const std::vector<std::string> known = words(flag);
  std::string action = ":";
  if (!known.empty()) {
    action = fmt::format("_purgebench_{} \"{}\"", is_list(option) ? "list" : "word",
                         fmt::join(known, " "));
  } else if (is_path(option)) {
    action = "_purgebench_files";
  }
  return fmt::format("    '{} {}') {} ;;\n", command.get_name(), flag, action);
}

// zsh --------------------------------------------------------------------------------------------

// Escapes text for use inside single quotes and brackets.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const CLI::Option& option, const std::vector<std::string>& known) {
  if (known.empty()) return is_path(option) ? "_files" : "";
  if (is_list(option)) return fmt::format("_sequence compadd - {}", fmt::join(known, " "));
  return fmt::format("({})", fmt::join(known, " "));
}

std::string zsh_argument(const CLI::Option& option, const WordsOf& words) {
  if (option.get_positional()) {
    const std::string many = option.get_items_expected_max() > 1 ? "*" : "";
    return fmt::format(" \\\n        '{}:{}:_files'", many, zsh_text(option.get_name(true)));
  }
  std::string text;
  for (const std::string& name : option.get_lnames()) {
    const std::string flag = "--" + name;
    const std::string value = takes_value(option)
                                  ? fmt::format(":{}:{}", zsh_text(option.get_type_name()),
                                                zsh_action(option, words(flag)))
                                  : "";
    text += fmt::format(" \\\n        '{}[{}]{}'", flag, zsh_text(option.get_description()), value);
  }
  return text;
}

constexpr std::string_view kBash = R"(# bash completion of {0}, made by `{0} help --generate bash`
_purgebench_word() {{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}}

# The last word of a list by comma.
_purgebench_list() {{
  local before=
  case $current in *,*) before=${{current%,*}}, ;; esac
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${{current##*,}}")
  compopt -o nospace
}}

_purgebench_files() {{
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}}

_purgebench() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in -*) ;; *) command=${{COMP_WORDS[i]}}; break ;; esac
  done
  if [ -z "$command" ]; then
    _purgebench_word "{1}"
    return
  fi
  case "$command $before" in
{2}    *)
      case "$command $current" in
{3}        help*) _purgebench_word "{4}" ;;
        *) _purgebench_files ;;
      esac
      ;;
  esac
}}
complete -F _purgebench {0}
)";

constexpr std::string_view kZsh = R"(#compdef {0}
# zsh completion of {0}, made by `{0} help --generate zsh`
_purgebench() {{
  local -a commands
  commands=({1})
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    _arguments{2}
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{3}  esac
}}

_purgebench "$@"
)";

}  // namespace

std::string bash_completion(const CLI::App& app, const WordsOf& words) {
  std::vector<std::string> commands;
  std::string values;
  std::string flags;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    commands.push_back(command->get_name());
    for (const CLI::Option* const option : command->get_options())
      if (takes_value(*option)) values += bash_value(*command, *option, words);
    flags += fmt::format("        '{} -'*) _purgebench_word \"{}\" ;;\n", command->get_name(),
                         fmt::join(flag_names(*command), " "));
  }
  std::vector<std::string> first = commands;
  for (std::string& flag : flag_names(app)) first.push_back(std::move(flag));
  return fmt::format(kBash, app.get_name(), fmt::join(first, " "), values, flags,
                     fmt::join(commands, " "));
}

std::string zsh_completion(const CLI::App& app, const WordsOf& words) {
  std::string commands;
  std::string cases;
  std::string names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    commands +=
        fmt::format("\n    '{}:{}'", command->get_name(), zsh_text(command->get_description()));
    names += (names.empty() ? "" : " ") + command->get_name();
  }
  for (const CLI::App* const command : app.get_subcommands(nullptr)) {
    cases += fmt::format("    {})\n      _arguments", command->get_name());
    for (const CLI::Option* const option : command->get_options())
      cases += command->get_name() == "help" && option->get_positional()
                   ? fmt::format(" \\\n        ':command:({})'", names)
                   : zsh_argument(*option, words);
    cases += "\n      ;;\n";
  }
  std::string flags;
  for (const CLI::Option* const option : app.get_options()) flags += zsh_argument(*option, words);
  return fmt::format(kZsh, app.get_name(), commands, flags, cases);
}

}  // namespace bench::cli
