#include "tests/support/command.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

// An empty file outside of the program's own directory.
fs::path scratch_file() {
  std::string name = (fs::temp_directory_path() / "purgebench-output-XXXXXX").string();
  const int fd = mkstemp(name.data());
  if (fd >= 0) close(fd);
  return name;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void redirect(const fs::path& file, int fd) {
  const int opened = open(file.c_str(), O_WRONLY | O_TRUNC);
  dup2(opened, fd);
  close(opened);
}

struct Status {
  char state = '?';
  pid_t parent = 0;
};

// "pid (name) state parent ...", where the name may hold anything.
std::optional<Status> status_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  if (!std::getline(file, text) || text.rfind(") ") == std::string::npos) return std::nullopt;
  Status status;
  status.state = text[text.rfind(") ") + 2];
  status.parent = std::atoi(text.c_str() + text.rfind(") ") + 4);
  return status;
}

}  // namespace

Command::Command(std::vector<std::string> arguments, const fs::path& directory,
                 std::vector<std::string> variables)
    : out_(scratch_file()), err_(scratch_file()) {
  std::vector<std::string> environment = std::move(variables);
  for (char** each = environ; *each != nullptr; ++each) environment.emplace_back(*each);
  const auto argument_pointers = pointers_to(arguments);
  const auto environment_pointers = pointers_to(environment);
  pid_ = fork();
  if (pid_ != 0) return;
  redirect("/dev/null", STDIN_FILENO);
  redirect(out_, STDOUT_FILENO);
  redirect(err_, STDERR_FILENO);
  if (chdir(directory.c_str()) == 0) {
    execve(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
  }
  _exit(127);
}

Command::~Command() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove(out_, ignored);
  fs::remove(err_, ignored);
}

void Command::signal(int number) const { kill(pid_, number); }

CommandResult Command::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  const int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return {code, contents_of(out_), contents_of(err_)};
}

CommandResult run_purgebench(const std::vector<std::string>& arguments, const fs::path& directory,
                             const std::vector<std::string>& variables) {
  std::vector<std::string> all = {purgebench_executable().string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return Command(std::move(all), directory, variables).wait();
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    const auto status = pid > 0 ? status_of(pid) : std::nullopt;
    if (status && status->parent == parent && status->state != 'Z') children.push_back(pid);
  }
  return children;
}

bool is_running(pid_t pid) {
  const auto status = status_of(pid);
  return status && status->state != 'Z' && status->state != 'X';
}

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}
