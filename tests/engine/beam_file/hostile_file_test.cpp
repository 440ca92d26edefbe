// Damaged files: an error or a sound module, never more.
#include <fstream>
#include <iterator>

#include "engine/beam_file/opcodes.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/image_check.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr BeamLimits kSmallLimits{
    std::size_t{1} << 20, {std::size_t{1} << 16, std::size_t{1} << 16, std::size_t{1} << 16}};

// What is wrong with the module read from these bytes; null if it is sound, or refused.
const char* damage_in(const Bytes& bytes) {
  AtomTable atoms;
  const auto module = read_beam(bytes, atoms, kSmallLimits);
  return module ? damage_of(module.value()) : nullptr;
}

bool is_read(const Bytes& bytes) {
  AtomTable atoms;
  return read_beam(bytes, atoms, kSmallLimits).ok();
}

Bytes fixture(const std::string& name) {
  std::ifstream stream(fixtures_dir() / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// A little of everything.
ModuleParts small_parts() {
  const Bytes keys =
      operand::list({operand::atom(2), operand::x(1), operand::literal(1), operand::x(1)});
  const Bytes large = operand::digits(CompactTag::kInteger, u64(std::uint64_t{1} << 60));
  ModuleParts parts;
  parts.atoms = {"m", "key"};
  parts.literals = {
      etf::versioned(etf::map({})),
      etf::versioned(etf::tuple({etf::binary(zeros(65)), etf::float_number(1.0)})),
      etf::versioned(etf::list({etf::bits({1}, 3)}, etf::map({{etf::nil(), etf::nil()}})))};
  parts.files = {"a.hrl"};
  parts.instructions = {instruction(64, {large, operand::x(0)}),
                        instruction(kOpPutMapAssoc, {operand::label(0), operand::literal(0),
                                                     operand::x(0), operand::number(1), keys})};
  return parts;
}

// The small module's chunks, from which files with one damaged chunk are made.
std::vector<std::pair<std::string, Bytes>> small_chunks() {
  const ModuleParts parts = small_parts();
  return {{"AtU8", atom_table(parts.atoms)},
          {"Code", code(parts.instructions)},
          {"ImpT", u32(0)},
          {"ExpT", u32(0)},
          {"LitT", literal_table(parts.literals)},
          {"Line", line_table(parts.files)},
          {"CInf", etf::versioned(
                       etf::list({etf::tuple({etf::atom("version"), etf::nil()})}, etf::nil()))}};
}

Bytes file_of(const std::vector<std::pair<std::string, Bytes>>& chunks) {
  std::vector<Bytes> parts;
  parts.reserve(chunks.size());
  for (const auto& [id, data] : chunks) parts.push_back(chunk(id, data));
  return form(parts);
}

}  // namespace

TEST_CASE("a file truncated at any byte is refused") {
  const Bytes file = fixture("no_literals.beam");
  REQUIRE(is_read(file));
  for (std::size_t size = 0; size < file.size(); ++size) {
    INFO(size);
    CHECK_FALSE(is_read(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size))));
  }
}

TEST_CASE("a file with any chunk truncated at any byte is refused or sound") {
  const auto chunks = small_chunks();
  REQUIRE(is_read(file_of(chunks)));
  for (std::size_t damaged = 0; damaged < chunks.size(); ++damaged) {
    for (std::size_t size = 0; size < chunks[damaged].second.size(); ++size) {
      auto changed = chunks;
      changed[damaged].second.resize(size);
      INFO(chunks[damaged].first << " " << size);
      CHECK(damage_in(file_of(changed)) == nullptr);
    }
  }
}

TEST_CASE("a small file with any byte changed to any other is refused or sound") {
  ModuleParts parts;
  parts.literals = {etf::versioned(etf::tuple({etf::small(1)}))};
  Bytes file = module_file(parts);
  for (std::uint8_t& byte : file) {
    const std::uint8_t original = byte;
    do {
      ++byte;
      if (damage_in(file) != nullptr) FAIL("byte " << &byte - file.data() << " as " << int{byte});
    } while (byte != original);
  }
}

TEST_CASE("a file with any bit changed is refused or sound") {
  for (Bytes file : {file_of(small_chunks()), fixture("no_literals.beam")}) {
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
      const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
      file[bit / 8] ^= mask;
      if (damage_in(file) != nullptr) FAIL("bit " << bit << " of " << file.size() << " bytes");
      file[bit / 8] ^= mask;
    }
  }
}

TEST_CASE("a file with several bytes changed is refused or sound") {
  const Bytes file = file_of(small_chunks());
  check_property([&] {
    Bytes changed = file;
    const int changes = *rc::gen::inRange(2, 10);
    for (int i = 0; i < changes; ++i) {
      changed[*rc::gen::inRange<std::size_t>(0, changed.size())] =
          *rc::gen::arbitrary<std::uint8_t>();
    }
    RC_ASSERT(damage_in(changed) == nullptr);
  });
}
