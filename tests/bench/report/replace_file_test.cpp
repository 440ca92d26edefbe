#include <array>
#include <fcntl.h>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/report/replace_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/full_device.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

using bench::report::can_replace_file;
using bench::report::replace_file;

namespace {

namespace fs = std::filesystem;

std::size_t files_in(const fs::path& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), {}));
}

mode_t mode_of(const fs::path& path) {
  struct stat file = {};
  REQUIRE(lstat(path.c_str(), &file) == 0);
  return file.st_mode;
}

// A FIFO with a reader, so that opening it to write does not wait.
class Fifo {
 public:
  explicit Fifo(fs::path path) : path_(std::move(path)) {
    REQUIRE(mkfifo(path_.c_str(), 0600) == 0);
    fd_ = open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(fd_ >= 0);
  }
  Fifo(const Fifo&) = delete;
  Fifo& operator=(const Fifo&) = delete;
  ~Fifo() { close(fd_); }

  [[nodiscard]] std::string read_all() const {
    std::string text(100, '\0');
    const ssize_t count = read(fd_, text.data(), text.size());
    text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return text;
  }

 private:
  fs::path path_;
  int fd_ = -1;
};

}  // namespace

TEST_CASE("a file is made where nothing is, and replaced where a regular one is") {
  const TemporaryDirectory directory;
  const fs::path file = directory.path() / "file";
  CHECK(can_replace_file(file));
  REQUIRE(replace_file(file, "first").ok());
  CHECK(contents_of(file) == "first");
  const int before = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(replace_file(file, "second").ok());
  CHECK(contents_of(file) == "second");
  // Who has the old one open still reads all of it.
  std::array<char, 8> text{};
  CHECK(read(before, text.data(), text.size()) == 5);
  CHECK(std::string(text.data()) == "first");
  close(before);
  CHECK(files_in(directory.path()) == 1);
}

TEST_CASE("a replaced file keeps its mode") {
  const TemporaryDirectory directory;
  const fs::path file = directory.write("file", "old");
  REQUIRE(chmod(file.c_str(), 0640) == 0);
  REQUIRE(replace_file(file, "new").ok());
  CHECK((mode_of(file) & 07777) == 0640);
}

TEST_CASE("no file beside the replaced one is touched") {
  const TemporaryDirectory directory;
  const fs::path file = directory.write("file", "old");
  const fs::path other = directory.write("file.new", "somebody's");
  REQUIRE(replace_file(file, "new").ok());
  CHECK(contents_of(other) == "somebody's");
}

TEST_CASE("symbolic links are followed and stay, also to what is not there yet") {
  const TemporaryDirectory directory;
  const std::string old = GENERATE("old", "");
  fs::create_directory(directory.path() / "deep");
  const fs::path file = directory.path() / "deep/file";
  if (!old.empty()) directory.write("deep/file", old);
  fs::create_symlink("file", directory.path() / "deep/near");
  const fs::path link = directory.path() / "link";
  fs::create_symlink("deep/near", link);
  CHECK(can_replace_file(link));
  REQUIRE(replace_file(link, "new").ok());
  CHECK(contents_of(file) == "new");
  CHECK(fs::is_regular_file(fs::symlink_status(file)));
  CHECK(fs::read_symlink(link) == "deep/near");
  CHECK(fs::read_symlink(directory.path() / "deep/near") == "file");
  CHECK(files_in(directory.path() / "deep") == 2);
}

TEST_CASE("links that end nowhere are a failure that names the path") {
  const TemporaryDirectory directory;
  const fs::path link = directory.path() / "link";
  fs::create_symlink(GENERATE("link", "missing/file"), link);
  CHECK_FALSE(can_replace_file(link));
  const auto replaced = replace_file(link, "new");
  REQUIRE_FALSE(replaced.ok());
  CHECK(replaced.failure().sentence.starts_with("cannot write " + link.string() + ": "));
  CHECK(fs::is_symlink(fs::symlink_status(link)));
}

TEST_CASE("a FIFO is written to and stays one, by its name and through a link") {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "fifo";
  const Fifo fifo(path);
  const fs::path link = directory.path() / "link";
  fs::create_symlink("fifo", link);
  for (const fs::path& name : {path, link}) {
    CHECK(can_replace_file(name));
    REQUIRE(replace_file(name, "text").ok());
    CHECK(fifo.read_all() == "text");
    CHECK(S_ISFIFO(mode_of(path)));
    CHECK(S_ISLNK(mode_of(link)));
  }
}

TEST_CASE("a device is written to and stays one") {
  const TemporaryDirectory directory;
  const auto device = full_device(directory.path());
  if (!device) SKIP_TEST("there is no device here that may be tried");
  CHECK(can_replace_file(*device));
  CHECK(replace_file(*device, "text").failure().sentence ==
        "cannot write " + device->string() + ": No space left on device");
  CHECK(S_ISCHR(mode_of(*device)));
}

TEST_CASE("what a killed process left of a replacement can be told from all else, and goes") {
  const TemporaryDirectory directory;
  directory.write(".purgebench-unfinished-1", "half");
  directory.write("purgebench-unfinished-1", "whole");
  directory.write(".hidden", "whole");
  bench::report::remove_unfinished_files(directory.path());
  CHECK(files_in(directory.path()) == 2);
  CHECK_FALSE(fs::exists(directory.path() / ".purgebench-unfinished-1"));
}

TEST_CASE("a directory cannot be replaced") {
  const TemporaryDirectory directory;
  CHECK_FALSE(can_replace_file(directory.path()));
  CHECK_FALSE(replace_file(directory.path(), "text").ok());
  CHECK(fs::is_directory(directory.path()));
}

TEST_CASE("a file that may be written in a directory that may not is written in place") {
  if (geteuid() == 0) SKIP_TEST("root may write everywhere");
  const TemporaryDirectory directory;
  const fs::path file = directory.write("file", "a long old text");
  fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec);
  CHECK(can_replace_file(file));
  CHECK_FALSE(can_replace_file(directory.path() / "other"));
  CHECK(replace_file(file, "new").ok());
  fs::permissions(directory.path(), fs::perms::owner_all);
  CHECK(contents_of(file) == "new");
}

TEST_CASE("what is named as an open file is written to, and not the name that it once had") {
  const TemporaryDirectory directory;
  const fs::path file = directory.write("file", "old");
  const int fd = open(file.c_str(), O_RDWR | O_CLOEXEC);
  fs::remove(file);
  REQUIRE(replace_file("/proc/self/fd/" + std::to_string(fd), "new").ok());
  std::array<char, 8> text{};
  CHECK(pread(fd, text.data(), text.size(), 0) == 3);
  CHECK(std::string(text.data()) == "new");
  close(fd);
  CHECK(files_in(directory.path()) == 0);
}
