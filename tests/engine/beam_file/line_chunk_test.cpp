// The line table: which names are kept, what is passed over, what is refused.
#include "engine/beam_file/line_chunk.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

struct Names {
  Decoding decoding;
  DynamicLiterals literals{decoding.builder};

  Result<Unit> read(const Bytes& data, std::string_view module = "mod") {
    return read_line_names(as_chunk(data), module, literals);
  }
  std::size_t words() { return decoding.builder.words(); }
};

std::size_t words_for(const Bytes& data, std::string_view module = "mod") {
  Names names;
  must(names.read(data, module));
  return names.words();
}

Error error_in(const Bytes& data) { return Names().read(data).error(); }

// A table with these items, and the number of lines among them.
Bytes with_items(const std::vector<Bytes>& items, std::size_t lines) {
  return join({zeros(12), u32(lines), u32(0), join(items)});
}

}  // namespace

TEST_CASE("the module's own file name is kept although the table does not have it") {
  Names names;
  must(names.read(line_table({})));
  CHECK(names.words() == 2 * 7);
  const Term name = make_list(names.decoding.builder.image().words.base());
  CHECK(names.decoding.print(name) == "[109,111,100,46,101,114,108]");
}

TEST_CASE("other file names are kept, a character taking a cell") {
  CHECK(words_for(line_table({"a.hrl", "\u03bb.hrl"})) == 2 * (7 + 5 + 5));
  CHECK(words_for(line_table({}), "\u20ac") == 2 * 5);
}

TEST_CASE("equal file names are kept once, empty ones not at all") {
  CHECK(words_for(line_table({"a.hrl", "mod.erl", "", "a.hrl"})) == 2 * (7 + 5));
}

TEST_CASE("many file names are kept and told apart") {
  std::vector<std::string> files;
  files.reserve(2000);
  for (int i = 0; i < 1000; ++i) files.push_back(std::string(300, 'x') + std::to_string(1000 + i));
  CHECK(words_for(line_table(files)) == 2 * (7 + 1000 * 304));
  files.insert(files.end(), files.begin(), files.end());
  CHECK(words_for(line_table(files)) == 2 * (7 + 1000 * 304));
}

TEST_CASE("without a line table no name is kept") { CHECK(words_for({}) == 0); }

TEST_CASE("a line table of another version is passed over") {
  CHECK(words_for(join({u32(1), text("anything")})) == 0);
}

TEST_CASE("lines and changes of file are passed over") {
  const Bytes file = operand::atom(1);
  const Bytes line = operand::integer(2000);
  CHECK(words_for(with_items({line, file, line, line}, 3)) == 14);
}

TEST_CASE("items that are neither lines nor files are refused") {
  CHECK(error_in(with_items({operand::x(1)}, 1)).offset == 20);
  CHECK(error_in(with_items({operand::digits(CompactTag::kInteger, {0xFF, 0xFF})}, 1)).offset ==
        20);
  CHECK(error_in(with_items({operand::digits(CompactTag::kInteger, Bytes(9, 1))}, 1)).offset == 20);
}

TEST_CASE("more items or names than there are bytes are refused") {
  CHECK(error_in(join({zeros(12), u32(0xFFFFFFFF), u32(0)})).value == 0xFFFFFFFF);
  CHECK(error_in(join({zeros(16), u32(0xFFFFFFFF)})).value == 0x1FFFFFFFE);
}

TEST_CASE("a file name that is not UTF-8 or too long is refused with its offset") {
  CHECK(error_in(line_table({"ok", "\xFF"})).offset == 26);
  CHECK(error_in(line_table({std::string(32768, 'a')})).value == 32768);
}

TEST_CASE("every truncation of a line table is refused") {
  const Bytes table = line_table({"a.hrl"});
  for (std::size_t size = 1; size < table.size(); ++size) {
    INFO(size);
    CHECK_FALSE(
        Names().read(Bytes(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(size))).ok());
  }
}
