#include "engine/purge/heap_scan.hpp"

#include <algorithm>

#include "engine/term/header.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

// Words that are filtered at a time: large enough that the filter's loop dominates, small enough
// that a hit near the start of a heap costs little.
constexpr std::size_t kChunkWords = 256;

// Whether any word of the chunk, read as a number, is in the range. No branches and no order
// between words, so the compiler makes vectors of it where the processor compares 64-bit lanes.
[[gnu::always_inline]] inline bool any_in_range(const Word* words, std::size_t count,
                                                AddressRange area) noexcept {
  Word any = 0;
  for (std::size_t i = 0; i < count; ++i) any |= static_cast<Word>(area.contains(words[i]));
  return any != 0;
}

// The first chunk from `at` on that may hold a hit, or `count`.
[[gnu::always_inline]] inline std::size_t filter(const Word* words, std::size_t at,
                                                 std::size_t count, AddressRange area) noexcept {
  while (at < count && !any_in_range(words + at, std::min(kChunkWords, count - at), area)) {
    at += kChunkWords;
  }
  return std::min(at, count);
}

std::size_t filter_portable(const Word* words, std::size_t at, std::size_t count,
                            AddressRange area) noexcept {
  return filter(words, at, count, area);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] std::size_t filter_avx2(const Word* words, std::size_t at,
                                                std::size_t count, AddressRange area) noexcept {
  return filter(words, at, count, area);
}

std::size_t next_candidate(const Word* words, std::size_t at, std::size_t count,
                           AddressRange area) noexcept {
  return __builtin_cpu_supports("avx2") ? filter_avx2(words, at, count, area)
                                        : filter_portable(words, at, count, area);
}
#else
std::size_t next_candidate(const Word* words, std::size_t at, std::size_t count,
                           AddressRange area) noexcept {
  return filter_portable(words, at, count, area);
}
#endif

// Walks objects from `*boundary` until it hits or has passed `until`; `*boundary` is where it
// stopped.
const Word* walk(const Word* words, std::size_t* boundary, std::size_t until,
                 AddressRange area) noexcept {
  std::size_t at = *boundary;
  const Word* hit = nullptr;
  while (at < until && hit == nullptr) {
    const Word word = words[at];
    if (is_header(word)) {
      // Raw data but for the binary that is matched, which is all that it refers to.
      if (is_match_state_header(word) && area.contains(words[at + kMatchStateOrig])) {
        hit = words + at + kMatchStateOrig;
      }
      at += is_tuple_header(word) ? 1 : thing_words(word);
      continue;
    }
    if (Term{word}.is_pointer() && area.contains(word)) hit = words + at;
    ++at;
  }
  *boundary = at;
  return hit;
}

// Roots stand for themselves: no word hides the next.
HeapScan scan_roots(const Word* begin, const Word* end, AddressRange area) noexcept {
  for (const Word* slot = begin; slot < end; ++slot) {
    if (Term{*slot}.is_pointer() && area.contains(*slot)) {
      return {true, static_cast<std::size_t>(slot - begin) + 1};
    }
  }
  return {false, static_cast<std::size_t>(end - begin)};
}

HeapScan scan_heap(const Word* words, std::size_t count, AddressRange area) noexcept {
  const Word* hit = find_literal(words, count, area);
  if (hit == nullptr) return {false, count};
  return {true, static_cast<std::size_t>(hit - words) + 1};
}

}  // namespace

const Word* find_literal(const Word* words, std::size_t count, AddressRange area) noexcept {
  std::size_t boundary = 0;
  for (std::size_t at = 0;;) {
    at = next_candidate(words, at, count, area);
    if (at == count) return nullptr;
    const std::size_t until = std::min(at + kChunkWords, count);
    if (const Word* hit = walk(words, &boundary, until, area)) return hit;
    at = until;
  }
}

const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                    AddressRange area) noexcept {
  std::size_t boundary = 0;
  return walk(words, &boundary, count, area);
}

HeapScan scan_for_literals(const Process& process, AddressRange area) noexcept {
  HeapScan total;
  const auto add = [&total](HeapScan part) {
    total.scanned_words += part.scanned_words;
    total.found = part.found;
    return part.found;
  };
  if (add(scan_roots(process.stop, process.young.end(), area)) ||
      add(scan_heap(process.young.begin, process.used_words(), area)) ||
      add(scan_heap(process.old.begin, process.old_used_words(), area))) {
    return total;
  }
  if (add(scan_roots(process.dictionary.begin, process.dictionary.begin + process.dictionary_size,
                     area))) {
    return total;
  }
  const HeapFragment* fragment = process.fragments;
  while (fragment != nullptr && !add(scan_heap(fragment->words(), fragment->used_words, area))) {
    fragment = fragment->next;
  }
  return total;
}

}  // namespace beam
