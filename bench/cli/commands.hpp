// The commands, one file each. A command is described to the parser by its add_ function; if it is
// asked for, it leaves its work in the session.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace bench::cli {

struct Session {
  std::vector<std::string> command_line;
  // What the parser does not know is not for it: the command passes it on.
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
