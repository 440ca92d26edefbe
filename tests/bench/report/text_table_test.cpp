#include <sstream>

#include "bench/report/text_table.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

using bench::report::Align;
using bench::report::TextTable;

namespace {

TextTable small_table() {
  TextTable table({{"name", Align::kLeft}, {"size"}}, 2);
  table.add_row({"one", "1"});
  table.add_row({"twenty", "20,000"});
  return table;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, bench::report::text_width(line));
  }
  return widest;
}

}  // namespace

TEST_CASE("a table aligns its columns and ends no line in blanks") {
  CHECK(small_table().render(80) == "  name      size\n"
                                    "  one          1\n"
                                    "  twenty  20,000\n");
}

TEST_CASE("a note runs across a table and wraps at its width") {
  auto table = small_table();
  table.add_note("two", "failed: the child was killed");
  CHECK(table.render(24) == "  name      size\n"
                            "  one          1\n"
                            "  twenty  20,000\n"
                            "  two     failed: the\n"
                            "          child was\n"
                            "          killed\n");
}

TEST_CASE("a section has its title above the headers") {
  TextTable table({{"name", Align::kLeft}, {"size"}}, 2);
  table.add_section("first");
  table.add_row({"one", "1"});
  table.add_section("second");
  table.add_row({"two", "2"});
  CHECK(table.render(80) == "first\n"
                            "  name  size\n"
                            "  one      1\n"
                            "\n"
                            "second\n"
                            "  name  size\n"
                            "  two      2\n");
}

TEST_CASE("a table that is too wide shortens its text and not its numbers") {
  TextTable table({{"name", Align::kLeft}, {"size"}});
  table.add_row({"a rather long name", "123,456"});
  CHECK(table.render(20) == "name            size\n"
                            "a rather l~  123,456\n");
}

TEST_CASE("letters that take several bytes take one column") {
  CHECK(bench::report::text_width("größe") == 5);
  CHECK(bench::report::shorten("größenwahn", 5) == "größ~");
  TextTable table({{"name", Align::kLeft}, {"size"}});
  table.add_row({"größe", "1"});
  CHECK(table.render(80) == "name   size\ngröße     1\n");
}

TEST_CASE("text that steers terminals is made harmless") {
  CHECK(bench::report::printable("\x1b[31mred\n\x7f") == "?[31mred??");
}

TEST_CASE("text breaks at blanks, and at slashes where it has none") {
  using Lines = std::vector<std::string>;
  CHECK(bench::report::wrap("one two three", 8) == Lines{"one two", "three"});
  CHECK(bench::report::wrap("one/two/three", 8, 2) == Lines{"one/two/", "  three"});
  CHECK(bench::report::wrap("in one/two/three", 8, 2) == Lines{"in one/", "  two/", "  three"});
  CHECK(bench::report::wrap("  one/two", 8, 4) == Lines{"  one/", "    two"});
  CHECK(bench::report::wrap("of 121,769 words", 8) == Lines{"of", "121,769", "words"});
  CHECK(bench::report::wrap("unbreakable", 4) == Lines{"unbr", "eaka", "ble"});
  CHECK(bench::report::wrap("", 8) == Lines{""});
}

TEST_CASE("no line is wider than what it is wrapped to, and no letter is lost") {
  check_property([](const std::string& text) {
    const auto width = *rc::gen::inRange<std::size_t>(1, 60);
    const auto indent = *rc::gen::inRange<std::size_t>(0, 10);
    std::string letters;
    for (const auto& line : bench::report::wrap(text, width, indent)) {
      RC_ASSERT(bench::report::text_width(line) <= width);
      letters += line;
    }
    const auto without_blanks = [](std::string all) {
      std::erase(all, ' ');
      return all;
    };
    RC_ASSERT(without_blanks(letters) == without_blanks(text));
  });
}

TEST_CASE("no table is wider than it is to be") {
  check_property([](const std::vector<std::pair<std::string, std::string>>& rows) {
    const auto width = *rc::gen::inRange<std::size_t>(20, 100);
    TextTable table({{"name", Align::kLeft}, {"size"}}, 2);
    table.add_section("a title that is about as long as titles are");
    for (const auto& [name, size] : rows) {
      table.add_row({bench::report::printable(name), bench::report::printable(size)});
      table.add_note(bench::report::printable(name), bench::report::printable(size));
    }
    RC_ASSERT(widest_line(table.render(width)) <= width);
  });
}
