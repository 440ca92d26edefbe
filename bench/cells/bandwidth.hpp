// How fast this machine reads and copies memory: the best of several plain kernels.
//
// No one kernel is the fastest everywhere: the vectors that pay, whether several streams do, and
// which of memcpy, string instructions and streaming stores copies best depend on processor and
// working set. A bound is the least time of any of them over as many bytes, in memory that is
// touched beforehand and has huge pages where the process gets them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace bench::cells {

struct ReadKernel {
  std::string_view name;
  // The exclusive or of the words that it reads.
  std::uint64_t (*read)(const std::uint64_t* words, std::size_t count) noexcept;
};

struct CopyKernel {
  std::string_view name;
  // Both are aligned to 64 bytes and do not overlap.
  void (*copy)(std::uint64_t* to, const std::uint64_t* from, std::size_t count) noexcept;
};

// Those that this processor has the instructions for. Of the readers, all read every word.
[[nodiscard]] std::span<const ReadKernel> read_kernels() noexcept;
[[nodiscard]] std::span<const CopyKernel> copy_kernels() noexcept;

// Reads the first word of every 64 bytes: as little as fetches every line.
[[nodiscard]] const ReadKernel& line_kernel() noexcept;

template <class Kernel>
struct Fastest {
  const Kernel* kernel = nullptr;  // null: no bytes, or no memory to measure with
  double ns = 0;                   // least time of one pass
};

// Of one pass over so many bytes, in whole words.
[[nodiscard]] Fastest<ReadKernel> fastest_read(std::size_t bytes) noexcept;
[[nodiscard]] Fastest<ReadKernel> fastest_line_read(std::size_t bytes) noexcept;
[[nodiscard]] Fastest<CopyKernel> fastest_copy(std::size_t bytes) noexcept;

}  // namespace bench::cells
