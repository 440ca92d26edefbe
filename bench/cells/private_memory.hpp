// A private mapping to measure with, independent of the allocator under test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <sys/mman.h>

namespace bench::cells {

class PrivateMemory {
 public:
  // Asks for huge pages, which the kernel gives if the modes of the machine and the process allow
  // it.
  explicit PrivateMemory(std::size_t bytes) noexcept
      : bytes_(bytes),
        at_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (ok()) madvise(at_, bytes_, MADV_HUGEPAGE);
  }
  PrivateMemory(const PrivateMemory&) = delete;
  PrivateMemory& operator=(const PrivateMemory&) = delete;
  ~PrivateMemory() {
    if (ok()) munmap(at_, bytes_);
  }

  [[nodiscard]] bool ok() const noexcept { return at_ != MAP_FAILED; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
  [[nodiscard]] char* data() const noexcept { return static_cast<char*>(at_); }
  [[nodiscard]] std::uint64_t* words() const noexcept { return static_cast<std::uint64_t*>(at_); }
  void touch() const noexcept { std::memset(at_, 1, bytes_); }

 private:
  std::size_t bytes_;
  void* at_;
};

}  // namespace bench::cells
