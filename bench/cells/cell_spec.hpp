// A cell: one scenario x strategy x allocator. The spec holds everything that distinguishes two
// cells; it is passed to the child process as one JSON argument.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench::cells {

inline constexpr std::uint64_t kDefaultLiteralSpaceBytes = std::uint64_t{1} << 30;

struct CellSpec {
  std::string strategy = "otp";
  // As typed: name, name:preset, name:settings, path, or the name given to a path. "none" only
  // under sanitizers.
  std::string allocator = "glibc";
  std::string library;            // the path that `allocator` names; else empty
  std::string blocks = "malloc";  // who serves young, old and fragment blocks: malloc, mmap, erts
  std::string temp = "kept";      // who serves temporary copies of areas: kept, malloc

  // The area: a module's, or a synthetic one of exactly area_words words.
  std::string module;             // path of a .beam file; empty for a synthetic area
  std::string module_label;       // its name; empty: the file's stem
  std::string shape = "records";  // records, list, tuples, maps, binaries, graph
  std::uint64_t area_words = 100000;
  std::uint64_t term_words = 28;  // words per literal; the last one is padded

  std::uint64_t held_words = 0;  // minimum words per holder; 0: one literal
  std::uint64_t holders = 100;
  std::uint64_t bystanders = 100;
  std::uint64_t dead_holders = 0;  // hold nothing, but garbage on their heaps refers to the area
  std::uint64_t heap_words = 0;    // live words of each process's own data; 0: a fresh heap

  std::string thp = "system";     // transparent huge pages: system setting, or off
  std::uint64_t touch_pages = 0;  // extra 4 KiB pages that the readings must show

  std::uint64_t rounds = 0;  // purges in one child; 0: as many as the time budget allows
  std::uint64_t schedulers = 1;
  std::vector<std::uint64_t> settle_ms = {100};
  std::uint64_t seed = 1;
  std::uint64_t literal_space_bytes = kDefaultLiteralSpaceBytes;

  // Of all kinds.
  [[nodiscard]] std::uint64_t processes() const noexcept {
    return holders + bystanders + dead_holders;
  }

  // The input of allocators::parse_choice.
  [[nodiscard]] std::string allocator_choice() const {
    return library.empty() ? allocator : allocator + "=" + library;
  }
};

}  // namespace bench::cells
