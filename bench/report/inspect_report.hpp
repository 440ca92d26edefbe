// The literal areas that modules would load, as a table and as JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace bench::report {

struct InspectRow {
  std::string file;  // as given
  std::string module;
  std::optional<std::string> compiled_by;  // compiler version of the CInf chunk
  std::uint64_t area_words = 0;            // static + line + dynamic
  std::uint64_t static_words = 0;
  std::uint64_t line_words = 0;
  std::uint64_t dynamic_words = 0;
  std::uint64_t literals = 0;
  std::uint64_t off_heap_bytes = 0;
  // The range if the words vary between runs of the VM; else both equal area_words.
  std::uint64_t area_words_min = 0;
  std::uint64_t area_words_max = 0;
};

// Bytes of the block in literal_alloc for an area of `area_words` words.
[[nodiscard]] std::uint64_t area_block_bytes(std::uint64_t area_words) noexcept;

// An array with one object per module, `_min` and `_max` only where they differ; ends with a
// newline.
[[nodiscard]] std::string inspect_json(std::span<const InspectRow> rows);
[[nodiscard]] std::string inspect_table(std::span<const InspectRow> rows, std::size_t width);

}  // namespace bench::report
