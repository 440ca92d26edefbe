#include "bench/report/files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/report/descriptor.hpp"

namespace bench::report {

Failure system_failure(std::string_view verb, const std::filesystem::path& path, int error) {
  const std::string named = path.empty() ? "''" : path.string();
  return {fmt::format("cannot {} {}: {}", verb, named, std::strerror(error))};
}

Outcome<std::string> read_file(const std::filesystem::path& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_failure("open", path, errno);
  std::string text;
  std::string chunk(std::size_t{1} << 16, '\0');
  while (true) {
    const ssize_t count = read(file.get(), chunk.data(), chunk.size());
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("read", path, errno);
    text.append(chunk, 0, static_cast<std::size_t>(count));
    if (text.size() > kMaxReadBytes) {
      return Failure{fmt::format("{} is larger than {} bytes", path.string(), kMaxReadBytes)};
    }
  }
}

Outcome<Done> append_all(int fd, std::string_view text, const std::filesystem::path& path) {
  struct stat before = {};
  if (fstat(fd, &before) != 0) return system_failure("examine", path, errno);
  const int error = write_all(fd, text);
  if (error == 0) return Done{};
  // Remove the partial write, so that the file ends with a whole line.
  if (ftruncate(fd, before.st_size) != 0) return system_failure("cut back", path, errno);
  return system_failure("write", path, error);
}

}  // namespace bench::report
