#include <fcntl.h>
#include <unistd.h>

#include "bench/cli/command_line.hpp"

namespace {

// A program may be started with these closed; the next file opened would then take their place, and
// what is printed would end up in it.
void open_standard_streams() {
  int fd = 0;
  do {
    fd = ::open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0) ::close(fd);
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_streams();
  return bench::run_command_line(argc, argv);
}
