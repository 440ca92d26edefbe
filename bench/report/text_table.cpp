#include "bench/report/text_table.hpp"

#include <algorithm>

namespace bench::report {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// The bytes of the first `columns` code points.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (!continues(text[at]) && columns-- == 0) break;
    ++at;
  }
  return at;
}

void trim_end(std::string& line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
}

// Where to break `text`, of which the first `fits` bytes fit: after the last blank; in a word
// longer than `line_width` columns, after its last '/' or ','.
std::size_t break_at(std::string_view text, std::size_t fits, std::size_t line_width) {
  if (text[fits] == ' ') return fits + 1;
  const std::size_t begin = std::min(text.find_first_not_of(' '), fits);
  const std::size_t blank = text.substr(begin, fits - begin).rfind(' ');
  const std::size_t word = blank == std::string_view::npos ? begin : begin + blank + 1;
  const std::size_t end = std::min(text.find(' ', word), text.size());
  if (word > begin && text_width(text.substr(word, end - word)) <= line_width) return word;
  const std::size_t part = text.substr(word, fits - word).find_last_of("/,");
  if (part != std::string_view::npos) return word + part + 1;
  return word > begin ? word : fits;
}

void append_padded(std::string& line, std::string_view text, std::size_t width, Align align) {
  const std::size_t used = text_width(text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  if (align == Align::kRight) line += blanks;
  line += text;
  if (align == Align::kLeft) line += blanks;
}

}  // namespace

std::size_t text_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::string shorten(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  return std::string(text.substr(0, bytes_of(text, width - 1))) + "~";
}

std::string printable(std::string_view text) {
  std::string clean(text);
  std::ranges::replace_if(
      clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return clean;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::vector<std::string> lines;
  indent = std::min(indent, width / 2);
  std::string line;
  while (true) {
    const std::size_t room = std::max<std::size_t>(width - text_width(line), 1);
    const std::size_t fits = bytes_of(text, room);
    const std::size_t taken = fits == text.size() ? fits : break_at(text, fits, width - indent);
    line += text.substr(0, taken);
    trim_end(line);
    lines.push_back(std::move(line));
    text.remove_prefix(taken);
    if (text.empty()) return lines;
    line = std::string(indent, ' ');
  }
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string all;
  while (true) {
    const std::size_t end = text.find('\n');
    for (const auto& line : wrap(text.substr(0, end), width, indent)) all += line + "\n";
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 1);
  }
}

TextTable::TextTable(std::vector<Column> columns, std::size_t indent)
    : columns_(std::move(columns)), indent_(indent) {}

void TextTable::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  lines_.push_back({Kind::kRow, std::move(cells), {}});
}

void TextTable::add_note(std::string first, std::string text) {
  lines_.push_back({Kind::kNote, {std::move(first)}, std::move(text)});
}

void TextTable::add_section(std::string title) {
  lines_.push_back({Kind::kSection, {}, std::move(title)});
}

std::vector<std::size_t> TextTable::natural_widths() const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(text_width(column.header));
  for (const auto& line : lines_) {
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      widths[i] = std::max(widths[i], text_width(line.cells[i]));
    }
  }
  return widths;
}

std::size_t TextTable::total(const std::vector<std::size_t>& widths) const {
  std::size_t sum = indent_;
  for (const std::size_t width : widths) sum += width + kGap;
  return widths.empty() ? sum : sum - kGap;
}

std::size_t TextTable::width() const { return total(natural_widths()); }

// Narrows the widest left-aligned column, then any, until the table fits.
std::vector<std::size_t> TextTable::widths_within(std::size_t width) const {
  constexpr std::size_t kNarrowest = 4;
  auto widths = natural_widths();
  for (const bool any : {false, true}) {
    while (total(widths) > width) {
      std::size_t widest = widths.size();
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if ((!any && columns_[i].align == Align::kRight) || widths[i] <= kNarrowest) continue;
        if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
      }
      if (widest == widths.size()) break;
      --widths[widest];
    }
  }
  return widths;
}

std::string TextTable::line_text(const std::vector<std::string>& cells,
                                 const std::vector<std::size_t>& widths) const {
  std::string line(indent_, ' ');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line.append(kGap, ' ');
    append_padded(line, shorten(cells[i], widths[i]), widths[i], columns_[i].align);
  }
  trim_end(line);
  return line + "\n";
}

std::string TextTable::note_text(const Line& line, const std::vector<std::size_t>& widths,
                                 std::size_t width) const {
  std::string text(indent_, ' ');
  append_padded(text, shorten(line.cells.front(), widths.front()), widths.front(), Align::kLeft);
  text.append(kGap, ' ');
  const std::size_t at = text_width(text);
  return wrapped(text + line.text, width, at);
}

std::string TextTable::header_text(const Widths& widths) const {
  std::vector<std::string> headers;
  for (const auto& column : columns_) headers.push_back(column.header);
  return line_text(headers, widths);
}

std::string TextTable::render(std::size_t width) const {
  const auto widths = widths_within(width);
  const bool sections = !lines_.empty() && lines_.front().kind == Kind::kSection;
  std::string text = sections ? "" : header_text(widths);
  for (const auto& line : lines_) {
    switch (line.kind) {
      case Kind::kRow:
        text += line_text(line.cells, widths);
        break;
      case Kind::kNote:
        text += note_text(line, widths, width);
        break;
      case Kind::kSection:
        if (!text.empty()) text += "\n";
        text += wrapped(line.text, width, 2 * indent_) + header_text(widths);
        break;
    }
  }
  return text;
}

}  // namespace bench::report
