// The pointers into an area, one after another, in a run of words.
//
// A word of a heap says what it is only where one comes to it from a boundary: where an object
// begins, or a term in it. Behind a header that is not a tuple's lie raw words, which may look like
// anything. So a scan that passes over words in vectors has to *stop* at two kinds of words, and
// then always knows where it is:
//
//   | term | term | tuple | term | term | THING | raw | raw | term | term | HIT | ...
//   `------------ passed over ----------'   |   `-- behind --'               |
//                                        stop: step over its raw words     stop
//
// No word is looked at twice but for those of one block of vectors at a stop, so that a late hit
// costs what none does. Where things lie close together words are looked at one by one, as vectors
// would only slow that down. Measured: bench/micro/scan_bench.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/address_range.hpp"
#include "engine/base/address_ranges.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Whether `word`, which is no raw data, points into `area`.
[[nodiscard]] constexpr bool refers(Word word, AddressRange area) noexcept {
  return Term{word}.is_pointer() && area.contains(word);
}
[[nodiscard]] constexpr bool refers(Word word, AddressRanges areas) noexcept {
  return Term{word}.is_pointer() && areas.contains(word);
}

enum class ScanOf {
  kObjects,  // whole heap objects
  kRoots,    // a stack or a dictionary: each word stands for itself, and no header hides another
};

// `count` words that are looked through for pointers into `area`, from `boundary` on.
struct LiteralScan {
  const Word* words = nullptr;
  std::size_t count = 0;
  AddressRange area;
  ScanOf of = ScanOf::kObjects;
  std::size_t boundary = 0;  // where an object begins, or a term in one
};

// The index of the next word that is a pointer into the area, or `count` if none is left; the
// boundary moves behind it, so that the word may be overwritten before the next is asked for.
[[nodiscard]] std::size_t next_literal(LiteralScan& scan) noexcept;

// The same word by word, in the plainest way: what every kernel must agree with, and is measured
// against.
[[nodiscard]] std::size_t next_literal_by_walking(LiteralScan& scan) noexcept;

// What a scan did. next_literal() counts nothing.
struct ScanWork {
  std::uint64_t vectors = 0;  // of four words
  std::uint64_t walked = 0;   // words that were looked at one by one
  std::uint64_t things = 0;   // headers that were stepped over, with what is raw behind them

  friend bool operator==(const ScanWork&, const ScanWork&) = default;
};

// One way of doing next_literal().
struct ScanKernel {
  const char* name;
  std::size_t (*next)(LiteralScan&) noexcept;
  std::size_t (*next_counting)(LiteralScan&, ScanWork&) noexcept;
};

// Those that this processor can run, fastest first; next_literal() is the first.
[[nodiscard]] std::span<const ScanKernel> scan_kernels() noexcept;

}  // namespace beam
