#include "bench/cli/child_commands.hpp"

#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <unistd.h>

#include "allocators/serving.hpp"
#include "bench/cells/cell_io.hpp"
#include "bench/cells/run_cell.hpp"
#include "bench/cli/output.hpp"
#include "bench/matrix/allocator_probe.hpp"
#include "bench/matrix/cell_runner.hpp"
#include "bench/report/descriptor.hpp"

namespace bench::cli {
namespace {

// A child has argv = {program, command, descriptor, argument}.
constexpr int kArguments = 4;

// A cell's access to the allocator under test.
struct ServingHooks final : cells::CellHooks {
  explicit ServingHooks(const ::allocators::Serving& serving)
      : give_back(serving.give_back), statistics(serving.statistics) {}
  void trim_allocator() noexcept override { give_back(); }
  ::allocators::Statistics allocator_statistics() noexcept override { return statistics(); }

  ::allocators::GiveBack give_back;
  ::allocators::StatisticsReader statistics;
};

// For this process, overriding the system's mode and the allocator's requests.
bool turn_huge_pages_off() { return ::prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) == 0; }

cells::CellResult run_proven_cell(std::string_view json) {
  const auto spec = cells::parse_cell_spec(json);
  if (!spec) return matrix::failed_cell("the child's spec cannot be read");
  const auto choice = ::allocators::parse_choice(spec.value().allocator_choice());
  if (!choice) return matrix::failed_cell(choice.reason());
  if (spec.value().thp == "off" && !turn_huge_pages_off())
    return matrix::failed_cell("the kernel cannot turn off huge pages for a process");
  const auto serving = ::allocators::prove_serving(choice.value());
  if (!serving) return matrix::failed_cell(serving.reason());
  ServingHooks hooks(serving.value());
  cells::CellResult result = cells::run_cell(spec.value(), hooks);
  result.allocator_version = serving.value().version;
  result.allocator_path = serving.value().path;
  result.allocator_build_id = serving.value().identity;
  return result;
}

// If memory runs out, the kernel should kill this child, not its parent or another process.
void offer_to_the_oom_killer() {
  const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)report::write_all(fd, "1000");
  ::close(fd);
}

int run_cell_command(int fd, std::string_view json) {
  offer_to_the_oom_killer();
  return report::write_all(fd, cells::to_json(run_proven_cell(json))) == 0 ? kExitGood : kExitLost;
}

int run_serving_command(int fd, std::string_view name) {
  const auto choice = ::allocators::parse_choice(name);
  if (!choice) return refuse(choice.reason());
  const auto serving = ::allocators::prove_serving(choice.value());
  if (!serving) return refuse(serving.reason());
  return report::write_all(fd, serving.value().version) == 0 ? kExitGood : kExitLost;
}

}  // namespace

bool is_child_command(int argc, char** argv) {
  if (argc != kArguments) return false;
  const std::string_view command = argv[1];
  return command == matrix::kCellCommand || command == matrix::kServingCommand;
}

int run_child_command(int, char** argv) {
  // Started as /proc/self/exe, it would be listed as "exe".
  ::prctl(PR_SET_NAME, "purgebench");
  int fd = -1;
  const char* const end = argv[2] + std::strlen(argv[2]);
  const auto read = std::from_chars(argv[2], end, fd);
  if (read.ec != std::errc() || read.ptr != end) return refuse("this is an internal command");
  return argv[1] == std::string_view(matrix::kCellCommand) ? run_cell_command(fd, argv[3])
                                                           : run_serving_command(fd, argv[3]);
}

}  // namespace bench::cli
