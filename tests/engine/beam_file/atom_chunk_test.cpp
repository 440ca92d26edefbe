// The atom table of a module, in its three forms.
#include "engine/beam_file/atom_chunk.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

std::vector<std::string> names_in(const Bytes& data, AtomEncoding encoding = AtomEncoding::kUtf8) {
  AtomTable table;
  const auto atoms = must(read_atoms(as_chunk(data), encoding, table));
  REQUIRE(atoms[0] == kNil);
  std::vector<std::string> names;
  for (std::size_t i = 1; i < atoms.size(); ++i) names.emplace_back(table.name(atoms[i]));
  return names;
}

Error error_in(const Bytes& data) {
  AtomTable table;
  return read_atoms(as_chunk(data), AtomEncoding::kUtf8, table).error();
}

Bytes with_compact_lengths(const std::vector<std::string>& names) {
  Bytes result = u32(0U - names.size());
  for (const auto& name : names) {
    result = join({result, operand::number(name.size()), text(name)});
  }
  return result;
}

}  // namespace

TEST_CASE("atoms are numbered from 1") {
  CHECK(names_in(atom_table({"m", "", "\u03bb"})) == std::vector<std::string>{"m", "", "\u03bb"});
}

TEST_CASE("the atoms of old releases are in Latin-1") {
  CHECK(names_in(atom_table({"\xE9"}), AtomEncoding::kLatin1) ==
        std::vector<std::string>{"\u00e9"});
}

TEST_CASE("a negative count announces compact lengths") {
  std::string longest;
  for (int i = 0; i < 255; ++i) longest += "\u20ac";
  const std::vector<std::string> names = {"m", longest, std::string(20, 'a')};
  CHECK(names_in(with_compact_lengths(names)) == names);
}

TEST_CASE("a table of no atoms, or of more than there are bytes, is refused") {
  CHECK(error_in(u32(0)).value == 0);
  CHECK(error_in(join({u32(3), zeros(2)})).value == 3);
  CHECK(error_in(join({u32(0x80000000), zeros(9)})).value == 0x80000000);
}

TEST_CASE("every truncation of an atom table is refused") {
  for (const Bytes& data : {atom_table({"m", "abc"}), with_compact_lengths({"m", "abc"})}) {
    for (std::size_t size = 0; size < data.size(); ++size) {
      INFO(size);
      const Bytes truncated(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
      AtomTable table;
      CHECK_FALSE(read_atoms(as_chunk(truncated), AtomEncoding::kUtf8, table).ok());
    }
  }
}

TEST_CASE("a malformed name is refused with its offset") {
  CHECK(error_in(atom_table({"m", "\xC3("})).offset == 7);
}

TEST_CASE("a compact length that is no number is refused") {
  CHECK(error_in(join({u32(0xFFFFFFFF), operand::x(1), text("m")})).offset == 4);
}
