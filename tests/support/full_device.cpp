#include "tests/support/full_device.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace {

// Linux, Documentation/admin-guide/devices.txt: 1 char, 7 = /dev/full.
constexpr unsigned kMajor = 1;
constexpr unsigned kMinor = 7;

bool can_be_opened(const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

}  // namespace

std::optional<std::filesystem::path> full_device(const std::filesystem::path& directory) {
  const std::filesystem::path own = directory / "full";
  if (mknod(own.c_str(), S_IFCHR | 0666, makedev(kMajor, kMinor)) == 0) {
    // A file system may be mounted without devices.
    if (can_be_opened(own)) return own;
    std::filesystem::remove(own);
  }
  if (access("/dev", W_OK) != 0 && can_be_opened("/dev/full")) return "/dev/full";
  return std::nullopt;
}
