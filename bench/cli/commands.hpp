// The commands, one file each. A command's add_ function describes it to the parser; if chosen, it
// stores its work in the session.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace bench::cli {

struct Session {
  std::vector<std::string> command_line;
  // The command passes flags unknown to the parser on.
  bool takes_other_flags = false;
  std::function<int()> work;  // of the chosen command; returns the exit code
};

void add_run_command(CLI::App& app, Session& session);
void add_show_command(CLI::App& app, Session& session);
void add_inspect_command(CLI::App& app, Session& session);
void add_predict_command(CLI::App& app, Session& session);
void add_compare_command(CLI::App& app, Session& session);
void add_validate_command(CLI::App& app, Session& session);
void add_micro_command(CLI::App& app, Session& session);
void add_list_command(CLI::App& app, Session& session);

}  // namespace bench::cli
