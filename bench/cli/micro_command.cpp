// micro: executes the program with the tight loops.
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/cli/commands.hpp"
#include "bench/cli/output.hpp"

namespace bench::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFooter =
    "Flags are Google Benchmark's, written --flag=value; the ones used most:\n"
    "  --benchmark_filter=REGEX   only loops whose name matches, as in scan/\n"
    "  --benchmark_list_tests     print the names\n"
    "  --benchmark_min_time=S     time each loop for at least S seconds (0.5)\n"
    "  --benchmark_repetitions=N  time each loop N times; prints mean and deviation\n"
    "  --benchmark_format=json    print JSON; its context has commit and compiler\n"
    "  --benchmark_out=FILE       write the same as JSON to FILE\n"
    "\n"
    "\"Library was built as DEBUG\" is said of Debian's libbenchmark, which has its\n"
    "assertions on; the loops themselves are built as this program is.\n"
    "Exit codes: 0 good, 1 a loop reported an error, 2 bad use,\n"
    "3 what is printed cannot be written.";

// In the same directory, where the build and `cmake --install` put it.
fs::path micro_program() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).replace_filename("purgebench-micro");
}

// Returns only on failure. The loops are a separate program so that a process that measures a cell
// loads no benchmark library.
int hand_over(std::vector<std::string> flags) {
  const std::string program = micro_program().string();
  std::vector<char*> arguments = {const_cast<char*>(program.c_str())};
  for (std::string& flag : flags) arguments.push_back(flag.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  if (errno != ENOENT) return refuse(fmt::format("{}: {}", program, std::strerror(errno)));
  return refuse(fmt::format("micro: this build has no micro-benchmarks: {} is missing (they need "
                            "Google Benchmark and PURGEBENCH_MICRO=ON)",
                            program));
}

}  // namespace

void add_micro_command(CLI::App& app, Session& session) {
  CLI::App* const command =
      app.add_subcommand("micro", "Time the tight loops beside what the hardware allows");
  command->footer(kFooter);
  command->callback([command, &session] {
    session.takes_other_flags = true;
    session.work = [command] { return hand_over(command->remaining()); };
  });
}

}  // namespace bench::cli
