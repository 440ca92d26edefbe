// How fast this machine reads and copies memory: the best of several plain kernels.
//
// No kernel is fastest everywhere: the best vector width, the number of streams, and the choice
// between memcpy, string instructions and streaming stores depend on processor and working set. The
// bound is the least time of any of them over as many bytes, in memory that is already touched and
// has huge pages if the process gets them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace bench::cells {

struct ReadKernel {
  std::string_view name;
  // Returns the xor of the words it reads.
  std::uint64_t (*read)(const std::uint64_t* words, std::size_t count) noexcept;
};

struct CopyKernel {
  std::string_view name;
  // Both are 64-byte aligned and do not overlap.
  void (*copy)(std::uint64_t* to, const std::uint64_t* from, std::size_t count) noexcept;
};

// The kernels that this processor can run. Every reader reads every word.
[[nodiscard]] std::span<const ReadKernel> read_kernels() noexcept;
[[nodiscard]] std::span<const CopyKernel> copy_kernels() noexcept;

// Reads the first word of every 64 bytes: the minimum that fetches every line.
[[nodiscard]] const ReadKernel& line_kernel() noexcept;

template <class Kernel>
struct Fastest {
  const Kernel* kernel = nullptr;  // null: no bytes, or out of memory
  double ns = 0;                   // least time of one pass
};

// The fastest kernel for one pass over `bytes` bytes, in whole words.
[[nodiscard]] Fastest<ReadKernel> fastest_read(std::size_t bytes) noexcept;
[[nodiscard]] Fastest<ReadKernel> fastest_line_read(std::size_t bytes) noexcept;
[[nodiscard]] Fastest<CopyKernel> fastest_copy(std::size_t bytes) noexcept;

}  // namespace bench::cells
