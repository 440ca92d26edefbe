// A block of a carrier as the runtime's alloc_util lays it out: one word in front of the memory
// that the user has, and in free blocks the links of a tree and, at the end, the size again.
//
//   allocated   | head | memory ...                                    |
//   free        | head | left | right | ... untouched ...       | size |   (no size in the last
//   block)
//
// The head has the size of the block, its own word included, how far away the carrier begins (in
// units of kCarrierUnit, to which carriers are aligned), and flags. A free block's neighbours are
// allocated: free ones become one block. So freeing touches a block's first and last page only, and
// what lies between stays as resident as it was. Source: OTP 25,
// erts/emulator/beam/erl_alloc_util.c, which keeps the same things in other bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "allocators/erts_parameters.hpp"
#include "allocators/rounding.hpp"

namespace allocators {

class ErtsBlock {
 public:
  static constexpr std::size_t kHeadBytes = 8;
  static constexpr std::size_t kUnitBytes = 8;
  // Blocks are smaller than this.
  static constexpr std::size_t kMostBytes = std::size_t{1} << 40;

  // What is around a block.
  struct Flags {
    bool free = false;
    bool previous_free = false;
    bool last = false;
  };

  [[nodiscard]] static ErtsBlock* of(void* memory) noexcept {
    return static_cast<ErtsBlock*>(static_cast<void*>(static_cast<char*>(memory) - kHeadBytes));
  }
  // Block bytes that hold so many bytes of memory.
  [[nodiscard]] static constexpr std::size_t bytes_for(std::size_t memory_bytes) noexcept {
    return rounded_up(memory_bytes + kHeadBytes, kUnitBytes);
  }

  [[nodiscard]] char* address() noexcept { return static_cast<char*>(static_cast<void*>(this)); }
  [[nodiscard]] char* memory() noexcept { return address() + kHeadBytes; }
  [[nodiscard]] std::size_t bytes() const noexcept { return head_ & kSizeMask; }
  [[nodiscard]] bool free() const noexcept { return (head_ & kFree) != 0; }
  [[nodiscard]] bool previous_free() const noexcept { return (head_ & kPreviousFree) != 0; }
  [[nodiscard]] bool last() const noexcept { return (head_ & kLast) != 0; }
  // Alone in its carrier.
  [[nodiscard]] bool single() const noexcept { return (head_ & kSingle) != 0; }

  [[nodiscard]] ErtsBlock* next() noexcept { return of(address() + bytes() + kHeadBytes); }
  // Only when that is free.
  [[nodiscard]] ErtsBlock* previous() noexcept;
  [[nodiscard]] char* carrier() noexcept;

  void set(std::size_t bytes, Flags flags, const char* carrier) noexcept;
  void set_single(std::size_t bytes) noexcept { head_ = bytes | kSingle; }
  void set_previous_free(bool free) noexcept {
    head_ = free ? head_ | kPreviousFree : head_ & ~kPreviousFree;
  }
  // The size at the end, by which the next block finds this free one.
  void set_foot() noexcept;

 private:
  static constexpr std::uint64_t kFree = 1;
  static constexpr std::uint64_t kPreviousFree = 2;
  static constexpr std::uint64_t kLast = 4;
  static constexpr std::uint64_t kSingle = std::uint64_t{1} << 63;
  static constexpr std::uint64_t kSizeMask = (std::uint64_t{1} << 40) - kUnitBytes;
  static constexpr unsigned kOffsetShift = 40;
  static constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << 22) - 1;

  std::uint64_t head_;
};

static_assert(sizeof(ErtsBlock) == ErtsBlock::kHeadBytes);

inline ErtsBlock* ErtsBlock::previous() noexcept {
  char* const foot = address() - sizeof(std::uint64_t);
  const std::uint64_t size = *static_cast<std::uint64_t*>(static_cast<void*>(foot));
  return of(address() - size + kHeadBytes);
}

inline char* ErtsBlock::carrier() noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(this);
  const std::size_t within = at % kCarrierUnit;
  return address() - within - ((head_ >> kOffsetShift) & kOffsetMask) * kCarrierUnit;
}

inline void ErtsBlock::set(std::size_t bytes, Flags flags, const char* carrier) noexcept {
  const auto units = static_cast<std::uint64_t>(address() - carrier) / kCarrierUnit;
  head_ = bytes | (flags.free ? kFree : 0) | (flags.previous_free ? kPreviousFree : 0) |
          (flags.last ? kLast : 0) | units << kOffsetShift;
}

inline void ErtsBlock::set_foot() noexcept {
  char* const foot = address() + bytes() - sizeof(std::uint64_t);
  *static_cast<std::uint64_t*>(static_cast<void*>(foot)) = bytes();
}

}  // namespace allocators
