// A growing array whose elements stay where they are, in a private mapping of its own: addresses
// are reserved for as many as it may ever have, and only touched pages cost memory.
//
// Threads: one at a time adds; an element belongs to the thread that works on it, whatever is added
// meanwhile.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

#include "engine/base/result.hpp"
#include "engine/base/word_arena.hpp"

namespace beam {

template <class T>
class StableArray {
 public:
  // So many cannot be asked for; fewer may still be too many for the system.
  static constexpr std::size_t kTooMany = ~std::size_t{0} / sizeof(T);

  // Room for up to `capacity` (at least 1) elements. Error: no address space for them.
  [[nodiscard]] static Result<StableArray> reserve(std::size_t capacity) noexcept {
    if (capacity >= kTooMany)
      return Error{"an array is too large", Error::kNowhere, {capacity, "{} elements"}};
    BEAM_TRY(WordArena arena, WordArena::reserve(capacity * kElementWords));
    return StableArray(std::move(arena));
  }

  StableArray() = default;  // no room
  StableArray(const StableArray&) = delete;
  StableArray& operator=(const StableArray&) = delete;
  StableArray(StableArray&&) noexcept = default;
  StableArray& operator=(StableArray&& other) noexcept {
    StableArray moved(std::move(other));
    arena_.swap(moved.arena_);
    return *this;
  }
  ~StableArray() {
    for (std::size_t i = 0; i < size(); ++i) (*this)[i].~T();
  }

  // Null: there is no room.
  template <class... Arguments>
  [[nodiscard]] T* emplace_back(Arguments&&... arguments) noexcept {
    Word* at = arena_.allocate(kElementWords);
    return at == nullptr ? nullptr : new (at) T(std::forward<Arguments>(arguments)...);
  }

  [[nodiscard]] std::size_t size() const noexcept { return arena_.used() / kElementWords; }
  [[nodiscard]] std::size_t capacity() const noexcept {
    return size() + arena_.available() / kElementWords;
  }
  [[nodiscard]] T& operator[](std::size_t i) noexcept {
    return *std::launder(reinterpret_cast<T*>(arena_.base() + i * kElementWords));
  }

 private:
  using Word = std::uint64_t;
  static constexpr std::size_t kElementWords = (sizeof(T) + sizeof(Word) - 1) / sizeof(Word);
  static_assert(alignof(T) <= alignof(Word));

  explicit StableArray(WordArena arena) noexcept : arena_(std::move(arena)) {}

  WordArena arena_;
};

}  // namespace beam
