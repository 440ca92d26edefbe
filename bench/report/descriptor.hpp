// A file descriptor that is closed with its owner, and writing to one.
#pragma once

#include <string_view>

namespace bench::report {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { (void)close(); }

  // Negative: it was not opened, or is closed.
  [[nodiscard]] int get() const { return fd_; }
  // 0, or the errno: some file systems tell only here what could not be written.
  [[nodiscard]] int close();

 private:
  int fd_;
};

// All of `text`. 0, or the errno of the write that failed: a full disk (ENOSPC), a file size limit
// (EFBIG) and a reader that has gone (EPIPE) are failures like any other, and no signal reaches the
// process.
[[nodiscard]] int write_all(int fd, std::string_view text);

}  // namespace bench::report
