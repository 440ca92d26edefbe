// The literal space: one reserved range of addresses with every literal area inside it.
//
// Invariant: an address is a literal's if and only if it is inside the range, so "is a literal" and
// "is in this area" are one subtraction and one compare each. Areas are committed on allocation and
// given back to the kernel on release; reading a released area faults. They never come from an
// allocator under test. The runtime reserves 1 GiB (erts/emulator/beam/erl_alloc.c,
// ERTS_LITERAL_VIRTUAL_AREA_SIZE).
//
// Threads: areas are allocated and released by one thread at a time, and meanwhile nobody asks
// is_live(); range() and empty_tuple() never change, so any thread may ask them.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

// One module's literals, or one persistent term. Owned by the space that made it.
struct LiteralArea {
  Word* start = nullptr;
  std::size_t words = 0;
  Word* off_heap = nullptr;  // the area's objects that own a payload, see term/off_heap.hpp

  [[nodiscard]] AddressRange range() const noexcept {
    return {reinterpret_cast<Word>(start), words * kWordBytes};
  }
};

class LiteralSpace {
 public:
  static constexpr std::size_t kDefaultBytes = std::size_t{1} << 30;
  static constexpr std::size_t kPageBytes = 4096;

  // Reserves `bytes` (rounded up to pages; at least two) of inaccessible address space.
  [[nodiscard]] static Result<LiteralSpace> reserve(std::size_t bytes = kDefaultBytes) noexcept;

  LiteralSpace(const LiteralSpace&) = delete;
  LiteralSpace& operator=(const LiteralSpace&) = delete;
  LiteralSpace(LiteralSpace&& other) noexcept;
  LiteralSpace& operator=(LiteralSpace&&) = delete;
  // Payloads of areas that were not released stay counted; memory goes back to the kernel.
  ~LiteralSpace();

  // An area of `words` zero words. Error: the range is full.
  [[nodiscard]] Result<LiteralArea> allocate(std::size_t words) noexcept;
  // Drops the area's payload references and gives its memory back; `area` becomes empty.
  void release(LiteralArea& area) noexcept;

  [[nodiscard]] AddressRange range() const noexcept { return range_; }
  // The space's own `{}`, the only literal outside of any area.
  [[nodiscard]] Term empty_tuple() const noexcept { return empty_tuple_; }
  // Whether `pointer` points into an area that is allocated now, or at `{}`.
  [[nodiscard]] bool is_live(Word pointer) const noexcept;
  [[nodiscard]] std::size_t committed_bytes() const noexcept { return committed_bytes_; }

 private:
  // A run of pages, by offset from the range's base (bytes).
  struct Run {
    std::size_t offset = 0;
    std::size_t bytes = 0;
  };

  explicit LiteralSpace(AddressRange range) noexcept : range_(range) {}
  [[nodiscard]] bool place_empty_tuple() noexcept;
  [[nodiscard]] bool commit(Run run) noexcept;
  void give_back(Run run) noexcept;
  [[nodiscard]] void* address(std::size_t offset) const noexcept;

  AddressRange range_;
  MappedArray<Run> free_;  // ascending, never adjacent
  std::size_t areas_ = 0;  // that are allocated now
  Term empty_tuple_;
  std::size_t committed_bytes_ = 0;
};

}  // namespace beam
