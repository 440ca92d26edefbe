// A bump allocator of words over one reserved range of address space that never moves.
//
// Invariant: words handed out stay where they are until the arena dies, so terms built in it may
// point at each other. Only touched pages cost memory. No word comes from malloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sys/mman.h>
#include <utility>

#include "engine/base/result.hpp"

namespace beam {

class WordArena {
 public:
  // Address space for `max_words` words.
  [[nodiscard]] static Result<WordArena> reserve(std::size_t max_words) noexcept {
    if (max_words == 0 || max_words > kMaxWords) {
      return Error{"the arena's size is out of range", Error::kNowhere, {max_words, "{} words"}};
    }
    void* base = mmap(nullptr, max_words * sizeof(std::uint64_t), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
      return Error{
          "no address space is left (ulimit -v)", Error::kNowhere, {max_words, "for {} words"}};
    }
    return WordArena(static_cast<std::uint64_t*>(base), max_words);
  }

  WordArena() = default;
  WordArena(const WordArena&) = delete;
  WordArena& operator=(const WordArena&) = delete;
  WordArena(WordArena&& other) noexcept { swap(other); }
  WordArena& operator=(WordArena&& other) noexcept {
    WordArena moved(std::move(other));
    swap(moved);
    return *this;
  }
  ~WordArena() {
    if (base_ != nullptr) munmap(base_, max_words_ * sizeof(std::uint64_t));
  }

  // `words` fresh words, all zero; null when the range is full.
  [[nodiscard]] std::uint64_t* allocate(std::size_t words) noexcept {
    if (words > max_words_ - used_) return nullptr;
    std::uint64_t* at = base_ + used_;
    used_ += words;
    return at;
  }

  [[nodiscard]] const std::uint64_t* base() const noexcept { return base_; }
  [[nodiscard]] std::uint64_t* base() noexcept { return base_; }
  [[nodiscard]] std::size_t used() const noexcept { return used_; }
  [[nodiscard]] std::size_t available() const noexcept { return max_words_ - used_; }

  void swap(WordArena& other) noexcept {
    std::swap(base_, other.base_);
    std::swap(used_, other.used_);
    std::swap(max_words_, other.max_words_);
  }

 private:
  static constexpr std::size_t kMaxWords = std::size_t{1} << 40;

  WordArena(std::uint64_t* base, std::size_t max_words) : base_(base), max_words_(max_words) {}

  std::uint64_t* base_ = nullptr;
  std::size_t used_ = 0;
  std::size_t max_words_ = 0;
};

}  // namespace beam
