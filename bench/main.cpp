#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

#include "bench/cli/command_line.hpp"

namespace {

// A program may be started with these closed; the next file opened would then take their place, and
// what is printed would end up in it. What takes it here is opened the wrong way round, so that
// printing fails as it does to a closed stream.
void fill_closed_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest descriptor that is free, which is this one.
    (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace

int main(int argc, char** argv) {
  fill_closed_streams();
  return bench::cli::run_command_line(argc, argv);
}
