// An owning file descriptor, and writing to one.
#pragma once

#include <string_view>

namespace bench::report {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { (void)close(); }

  // Negative: not open.
  [[nodiscard]] int get() const { return fd_; }
  // 0, or the errno: some file systems report a failed write only here.
  [[nodiscard]] int close();

 private:
  int fd_;
};

// All of `text`. 0, or the errno of the write that failed: a full disk (ENOSPC), a file size limit
// (EFBIG) and a closed pipe (EPIPE) are ordinary failures; no signal reaches the process.
[[nodiscard]] int write_all(int fd, std::string_view text);

}  // namespace bench::report
