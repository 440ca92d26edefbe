// Runs programs as a person would: arguments in, what they printed and their exit code out.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

struct CommandResult {
  int code = -1;    // exit code; of a program that a signal ended, 128 + the signal
  std::string out;  // stdout
  std::string err;  // stderr
};

// A program that runs. It is killed with this object if it still does.
class Command {
 public:
  // `arguments` begin with the program; `variables` ("NAME=value") are added to the environment.
  Command(std::vector<std::string> arguments, const std::filesystem::path& directory,
          std::vector<std::string> variables = {});
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command();

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;
  // Waits for its end.
  CommandResult wait();

 private:
  std::filesystem::path out_;
  std::filesystem::path err_;
  pid_t pid_ = -1;
};

// Runs purgebench with these arguments in `directory` to its end.
CommandResult run_purgebench(const std::vector<std::string>& arguments,
                             const std::filesystem::path& directory,
                             const std::vector<std::string>& variables = {});

// Processes whose parent is `parent`, those that have ended left out.
std::vector<pid_t> children_of(pid_t parent);
// Whether a process runs: neither gone nor ended and waiting for its parent.
bool is_running(pid_t pid);

// Asks again and again until `holds` does. False: it never did, within a minute.
bool eventually(const std::function<bool()>& holds);
