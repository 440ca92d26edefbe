// Runs of memory that hold whole objects, and what each of their words is: what the verifier knows
// of a heap or of fragments.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace beam {

class HeapMap {
 public:
  // What a word is, found by walking its run from the start. kMatched is the term in a match state,
  // among raw words.
  enum class WordKind : std::uint8_t { kTerm, kHeader, kRaw, kMatched };

  // Forgets all runs; keeps the memory.
  void clear() noexcept;
  // Adds `words` words. Error: they are not whole objects, or no memory.
  [[nodiscard]] Result<Unit> add(const Word* begin, std::size_t words) noexcept;
  // Must follow the last add(), before any question.
  void sort() noexcept;

  [[nodiscard]] bool contains(Word pointer) const noexcept { return find(pointer) != nullptr; }
  // Whether a pointer into this map points at an object of its kind.
  [[nodiscard]] bool is_object(Term pointer) const noexcept;
  [[nodiscard]] std::size_t off_heap_objects() const noexcept { return off_heap_objects_; }

  // Calls `check(Term, const Word* at)` for each word that is a term until one is an error.
  template <class Check>
  [[nodiscard]] Result<Unit> check_terms(Check check) const noexcept {
    for (const Run& run : runs_.span()) {
      for (std::size_t at = 0; at < run.words; ++at) {
        const WordKind kind = kinds_[run.first + at];
        if (kind != WordKind::kTerm && kind != WordKind::kMatched) continue;
        const Result<Unit> checked = check(Term{run.begin[at]}, run.begin + at);
        if (!checked) return checked;
      }
    }
    return Unit{};
  }

  // Calls `check(const Word* state)` for each match state until one is an error.
  template <class Check>
  [[nodiscard]] Result<Unit> check_match_states(Check check) const noexcept {
    for (const Run& run : runs_.span()) {
      for (std::size_t at = 0; at < run.words; ++at) {
        if (kinds_[run.first + at] != WordKind::kMatched) continue;
        const Result<Unit> checked = check(run.begin + at - kMatchStateOrig);
        if (!checked) return checked;
      }
    }
    return Unit{};
  }

 private:
  struct Run {
    const Word* begin = nullptr;
    std::size_t words = 0;
    std::size_t first = 0;  // index of its first word's kind
  };

  // Classifies what starts at `at`; returns how many words that settles.
  [[nodiscard]] Result<std::size_t> visit(const Run& run, std::size_t at) noexcept;
  // The run that `pointer` points into, or null.
  [[nodiscard]] const Run* find(Word pointer) const noexcept;

  MappedArray<Run> runs_;
  MappedArray<WordKind> kinds_;
  std::size_t off_heap_objects_ = 0;
};

}  // namespace beam
