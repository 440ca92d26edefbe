#include "engine/purge/heap_scan.hpp"

#include "engine/purge/next_literal.hpp"

namespace beam {

namespace {

HeapScan scan_words(LiteralScan scan) noexcept {
  if (scan.count == 0) return {};
  const std::size_t hit = next_literal(scan);
  if (hit == scan.count) return {false, scan.count};
  return {true, hit + 1};
}

HeapScan scan_roots(const Word* begin, const Word* end, AddressRange area) noexcept {
  return scan_words({begin, static_cast<std::size_t>(end - begin), area, ScanOf::kRoots});
}

HeapScan scan_heap(const Word* words, std::size_t count, AddressRange area) noexcept {
  return scan_words({words, count, area});
}

}  // namespace

const Word* find_literal(const Word* words, std::size_t count, AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal(scan);
  return hit == count ? nullptr : words + hit;
}

const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                    AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal_by_walking(scan);
  return hit == count ? nullptr : words + hit;
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
