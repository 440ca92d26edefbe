#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

#include "bench/cli/command_line.hpp"

namespace {

// If a standard stream is closed at start, the next opened file would take its descriptor and
// receive what is printed. This fills the gap with /dev/null opened in the wrong direction, so that
// printing fails as on a closed stream.
void fill_closed_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    // Takes the lowest free descriptor, which is `fd`.
    (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace

int main(int argc, char** argv) {
  fill_closed_streams();
  return bench::cli::run_command_line(argc, argv);
}
