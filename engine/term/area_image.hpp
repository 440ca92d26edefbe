// The contents of a literal area before it is loaded.
//
// Pointers are absolute and point into `words`, or at the unplaced `{}`; loading copies the words
// and rebases the pointers (literal/load_image.hpp). One image can be loaded any number of times.
// `area words = static_words + line_words + dynamic_words = words.used()`, in that order in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/base/word_arena.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Bounds of the area's size when it is not fixed by the input (words).
struct AreaBounds {
  std::size_t min_words = 0;
  std::size_t max_words = 0;
};

struct AreaImage {
  WordArena words;
  MappedArray<Term> literals;  // by index; immediate literals included
  std::size_t static_words = 0;
  std::size_t line_words = 0;
  std::size_t dynamic_words = 0;
  std::uint64_t off_heap_bytes = 0;  // bytes of payloads outside the area
  // The image's off-heap list, linked through the third words; the image owns one reference to each
  // payload.
  Word* off_heap = nullptr;
  PayloadArena* payloads = nullptr;

  AreaImage() = default;
  AreaImage(const AreaImage&) = delete;
  AreaImage& operator=(const AreaImage&) = delete;
  AreaImage(AreaImage&& other) noexcept { swap(other); }
  AreaImage& operator=(AreaImage&& other) noexcept {
    AreaImage moved(std::move(other));
    swap(moved);
    return *this;
  }
  ~AreaImage();

  [[nodiscard]] std::size_t area_words() const noexcept { return words.used(); }
  void swap(AreaImage& other) noexcept;
};

}  // namespace beam
