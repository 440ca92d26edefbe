#include "bench/report/files.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace bench {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

// Holds SIGXFSZ back, so that a write over the file size limit fails with EFBIG and nothing else.
class NoFileSizeSignal {
 public:
  NoFileSizeSignal() {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  NoFileSizeSignal(const NoFileSizeSignal&) = delete;
  NoFileSizeSignal& operator=(const NoFileSizeSignal&) = delete;
  ~NoFileSizeSignal() {
    const timespec no_wait = {};
    sigtimedwait(&signal_, nullptr, &no_wait);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t signal_ = {};
  sigset_t before_ = {};
};

// 0, or the errno of the write that failed.
int write_all(int fd, std::string_view text) {
  const NoFileSizeSignal guard;
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

}  // namespace

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

Outcome<Done> replace_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path fresh = path;
  fresh += ".new";
  int error = 0;
  {
    const Descriptor file(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0) return system_failure("create", fresh, errno);
    error = write_all(file.get(), text);
  }
  if (error == 0 && rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return Done{};
  unlink(fresh.c_str());
  return system_failure("write", path, error);
}

Outcome<Done> append_all(int fd, std::string_view text, const std::filesystem::path& path) {
  struct stat before = {};
  if (fstat(fd, &before) != 0) return system_failure("examine", path, errno);
  const int error = write_all(fd, text);
  if (error == 0) return Done{};
  // What was written of it goes, so that the file ends with a whole line.
  if (ftruncate(fd, before.st_size) != 0) return system_failure("cut back", path, errno);
  return system_failure("write", path, error);
}

}  // namespace bench
