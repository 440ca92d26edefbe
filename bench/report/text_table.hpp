// Plain tables and wrapped text for terminals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench::report {

// Terminal columns of UTF-8 text, one per code point.
[[nodiscard]] std::size_t text_width(std::string_view text);

// At most `width` columns of `text`; a cut is marked by a final "~".
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

// Replaces control characters by '?': names from files may contain terminal escape sequences.
[[nodiscard]] std::string printable(std::string_view text);

// Lines of at most `width` columns, broken after blanks, or after '/' or ',' in a word longer than
// a line; lines after the first begin with `indent` blanks. Never empty; no line ends in blanks.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width,
                                            std::size_t indent = 0);

// wrap() of each line of `text`, joined, each line ending in a newline.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

enum class Align { kLeft, kRight };

class TextTable {
 public:
  static constexpr std::size_t kGap = 2;  // blanks between columns

  struct Column {
    std::string header;
    Align align = Align::kRight;
  };

  explicit TextTable(std::vector<Column> columns, std::size_t indent = 0);

  // One cell per column.
  void add_row(std::vector<std::string> cells);
  // The first cell, then text across all further columns, wrapped.
  void add_note(std::string first, std::string text);
  // A title above the following rows, wrapped line by line, with the headers repeated below it.
  void add_section(std::string title);

  // The width in columns, without notes.
  [[nodiscard]] std::size_t width() const;
  // Lines of at most `width` columns. If the cells do not fit, the left-aligned columns are
  // shortened.
  [[nodiscard]] std::string render(std::size_t width) const;

 private:
  enum class Kind { kRow, kNote, kSection };
  struct Line {
    Kind kind = Kind::kRow;
    std::vector<std::string> cells;  // one for a note, none for a section
    std::string text;
  };
  using Widths = std::vector<std::size_t>;

  [[nodiscard]] Widths natural_widths() const;
  [[nodiscard]] Widths widths_within(std::size_t width) const;
  [[nodiscard]] std::size_t total(const Widths& widths) const;
  [[nodiscard]] std::string line_text(const std::vector<std::string>& cells,
                                      const Widths& widths) const;
  [[nodiscard]] std::string header_text(const Widths& widths) const;
  [[nodiscard]] std::string note_text(const Line& line, const Widths& widths,
                                      std::size_t width) const;

  std::vector<Column> columns_;
  std::size_t indent_ = 0;
  std::vector<Line> lines_;
};

}  // namespace bench::report
