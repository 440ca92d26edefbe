#include "bench/report/replace_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <linux/magic.h>
#include <optional>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/report/descriptor.hpp"
#include "bench/report/files.hpp"
#include "engine/base/result.hpp"

namespace bench::report {
namespace fs = std::filesystem;
namespace {

// The kernel's limit on links followed.
constexpr int kMostLinks = 40;
// The prefix of a file that is not yet renamed into place; the writer's process id follows.
constexpr std::string_view kUnfinished = ".purgebench-unfinished-";

struct Target {
  enum class How { kRename, kInPlace, kStream };
  How how;
  fs::path path;               // kRename: no link
  std::optional<mode_t> mode;  // of the existing file
  int stream = -1;             // kStream
};

// Links in /proc stand for open files; their text need not be a path.
bool is_in_proc(const fs::path& link) {
  struct statfs about = {};
  const fs::path parent = link.has_parent_path() ? link.parent_path() : fs::path(".");
  return ::statfs(parent.c_str(), &about) == 0 && about.f_type == PROC_SUPER_MAGIC;
}

// A stream of this process that writes to this file. Opened a second time, one would overwrite what
// the other has written.
std::optional<int> stream_to(const struct stat& file) {
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat stream = {};
    if (::fstat(fd, &stream) != 0 || (::fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) continue;
    if (stream.st_dev == file.st_dev && stream.st_ino == file.st_ino) return fd;
  }
  return std::nullopt;
}

// The target of the links: a file, nothing yet, or an open file of a process.
Outcome<Target> follow(const fs::path& path) {
  Target target{Target::How::kRename, path, {}};
  for (int links = 0; links < kMostLinks; ++links) {
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(target.path, error))) return target;
    if (is_in_proc(target.path)) return Target{Target::How::kInPlace, path, {}};
    const fs::path next = fs::read_symlink(target.path, error);
    if (error) return system_failure("write", path, error.value());
    target.path = target.path.parent_path() / next;
  }
  return system_failure("write", path, ELOOP);
}

Outcome<Target> target_of(const fs::path& path) {
  struct stat file = {};
  if (::stat(path.c_str(), &file) != 0) {
    if (errno != ENOENT) return system_failure("write", path, errno);
    return follow(path);
  }
  if (const auto stream = stream_to(file))
    return Target{Target::How::kStream, path, file.st_mode, *stream};
  if (!S_ISREG(file.st_mode)) return Target{Target::How::kInPlace, path, file.st_mode};
  auto target = follow(path);
  if (target) target.value().mode = file.st_mode;
  return target;
}

// These write all of `text` and return 0 or an errno.

int write_in_place(const fs::path& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return errno;
  const int error = write_all(file.get(), text);
  const int closed = file.close();
  return error != 0 ? error : closed;
}

int write_fresh(const fs::path& fresh, std::optional<mode_t> mode, std::string_view text) {
  ::unlink(fresh.c_str());  // left by a killed process with the same id
  Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.get() < 0) return errno;
  int error = write_all(file.get(), text);
  if (error == 0 && mode && ::fchmod(file.get(), *mode & 07777) != 0) error = errno;
  const int closed = file.close();
  return error != 0 ? error : closed;
}

int write_by_rename(const Target& target, std::string_view text) {
  const fs::path fresh = target.path.parent_path() / fmt::format("{}{}", kUnfinished, ::getpid());
  int error = write_fresh(fresh, target.mode, text);
  if (error == 0 && ::rename(fresh.c_str(), target.path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(fresh.c_str());
  const bool may_not = error == EACCES || error == EPERM || error == EROFS || error == EBUSY;
  return may_not && target.mode ? write_in_place(target.path, text) : error;
}

int write_to(const Target& target, std::string_view text) {
  switch (target.how) {
    case Target::How::kRename:
      return write_by_rename(target, text);
    case Target::How::kInPlace:
      return write_in_place(target.path, text);
    case Target::How::kStream:
      break;
  }
  return write_all(target.stream, text);
}

bool is_writable_directory(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && ::access(path.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

Outcome<Done> replace_file(const fs::path& path, std::string_view text) {
  BEAM_TRY(const auto target, target_of(path));
  const int error = write_to(target, text);
  return error == 0 ? Outcome<Done>(Done{}) : system_failure("write", path, error);
}

void remove_unfinished_files(const fs::path& directory) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    if (entry.path().filename().string().starts_with(kUnfinished))
      fs::remove(entry.path(), ignored);
  }
}

bool can_replace_file(const fs::path& path) {
  const auto target = target_of(path);
  if (!target) return false;
  const auto [how, file, mode, stream] = target.value();
  if (how == Target::How::kStream) return true;
  if (mode && (S_ISDIR(*mode) || S_ISSOCK(*mode))) return false;
  std::error_code error;
  return (how == Target::How::kRename &&
          is_writable_directory(fs::absolute(file, error).parent_path())) ||
         ::access(file.c_str(), W_OK) == 0;
}

}  // namespace bench::report
