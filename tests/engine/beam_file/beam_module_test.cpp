// Whole .beam files: the fixtures against what a real BEAM of OTP 25 measures of them.
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "engine/beam_file/beam_module.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/image_check.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;
using Json = nlohmann::json;

Bytes file_bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}
Bytes fixture(const std::string& name) { return file_bytes(fixtures_dir() / (name + ".beam")); }

Json measured(const std::string& name) {
  std::ifstream stream(fixtures_dir() / name);
  return Json::parse(stream);
}

struct Reading {
  AtomTable atoms;
  BeamModule module;

  explicit Reading(const Bytes& bytes) : module(must(read_beam(bytes, atoms))) {}
};

Error error_of(const Bytes& bytes, const BeamLimits& limits = {}) {
  AtomTable atoms;
  const auto module = read_beam(bytes, atoms, limits);
  REQUIRE_FALSE(module.ok());
  return module.error();
}

// Words of each literal, in the order of the table.
std::vector<std::size_t> words_by_literal(const AreaImage& image) {
  const auto base = reinterpret_cast<Word>(image.words.base());
  std::vector<std::size_t> words;
  for (const Term literal : image.literals) {
    words.push_back(literal_words(literal, {base, image.area_words() * kWordBytes}));
  }
  return words;
}

void check_against(const Json& real, const BeamModule& module) {
  if (real.contains("area_words")) CHECK(module.image.area_words() == real["area_words"]);
  CHECK(module.image.static_words == real["static_words"]);
  CHECK(module.image.literals.size() == real["literals"]);
  CHECK(module.image.off_heap_bytes == real["off_heap_bytes"]);
  if (real.contains("literal_words")) {
    CHECK(words_by_literal(module.image) == real["literal_words"].get<std::vector<std::size_t>>());
  }
}

}  // namespace

TEST_CASE("every fixture gives the area that a real BEAM gives it") {
  const Json modules = measured("otp25.json")["modules"];
  REQUIRE(modules.size() > 5);
  for (const auto& [name, real] : modules.items()) {
    INFO(name);
    const Reading reading(fixture(name));
    check_against(real, reading.module);
    CHECK(reading.module.bounds.min_words == reading.module.image.area_words());
    CHECK(reading.module.bounds.max_words == reading.module.image.area_words());
    CHECK(damage_of(reading.module) == nullptr);
  }
}

TEST_CASE("an area that varies has bounds around all that real BEAMs gave it") {
  const Reading reading(fixture("atom_map"));
  const AreaBounds bounds = reading.module.bounds;
  const Json real = measured("otp25_atom_map.json");
  for (const std::size_t words : real["area_words"]) {
    CHECK(bounds.min_words <= words);
    CHECK(words <= bounds.max_words);
  }
  CHECK(damage_of(reading.module) == nullptr);
}

TEST_CASE("a module knows its name and its compiler") {
  const Reading reading(fixture("game_config"));
  CHECK(reading.module.name == "game_config");
  CHECK(reading.module.compiled_by == "8.2.3");
}

TEST_CASE("a module without compile information has no compiler") {
  const Reading reading(module_file({}));
  CHECK(reading.module.name == "m");
  CHECK(reading.module.compiled_by.empty());
}

TEST_CASE("the parts of an area lie in the order static, line, dynamic") {
  const Bytes operand = operand::digits(CompactTag::kInteger, u64(std::uint64_t{1} << 59));
  const Reading reading(module_file({.atoms = {"m"},
                                     .literals = {etf::versioned(etf::tuple({etf::nil()}))},
                                     .files = {"x"},
                                     .instructions = {instruction(64, {operand, operand::x(0)})}}));
  const AreaImage& image = reading.module.image;
  const Word* base = image.words.base();
  CHECK(image.static_words == 2);
  CHECK(image.line_words == 2 * (5 + 1));
  CHECK(image.dynamic_words == 2);
  CHECK(base[0] == make_header(1, Subtag::kTuple));
  CHECK(base[2] == make_small('m').word);
  CHECK(base[14] == make_header(1, Subtag::kPositiveBig));
}

TEST_CASE("a table that is not packed gives the same area") {
  const Reading packed(fixture("every_kind"));
  const Reading plain(fixture("otp28_uncompressed"));
  CHECK(plain.module.image.area_words() == packed.module.image.area_words());
  CHECK(words_by_literal(plain.module.image) == words_by_literal(packed.module.image));
}

TEST_CASE("a gzipped file gives the same area") {
  const Bytes plain = fixture("every_kind");
  const Reading reading(gzip_packed(plain));
  CHECK(reading.module.image.area_words() == Reading(plain).module.image.area_words());
}

TEST_CASE("a gzipped file that unpacks to more than allowed is refused") {
  BeamLimits limits;
  limits.max_file_bytes = 1000;
  CHECK(error_of(gzip_packed(fixture("every_kind")), limits).value == 1000);
}

TEST_CASE("a literal table that claims four gigabytes is refused with its claim and its offset") {
  const Bytes file = fixture("zip_bomb");
  const Error error = error_of(file);
  CHECK(error.value == 0xFFFFFFFF);
  REQUIRE(error.offset < file.size());
  CHECK(Bytes(file.begin() + static_cast<std::ptrdiff_t>(error.offset) - 8,
              file.begin() + static_cast<std::ptrdiff_t>(error.offset) - 4) == text("LitT"));
}

TEST_CASE("an area of more words than allowed is refused") {
  BeamLimits limits;
  limits.image.max_words = 40817;
  CHECK(error_of(fixture("literals_40818"), limits).what == std::string(kAreaFull.what));
  limits.image.max_words = 40818;
  AtomTable atoms;
  CHECK(read_beam(fixture("literals_40818"), atoms, limits).ok());
}

TEST_CASE("an error in a chunk has its offset in the file") {
  ModuleParts parts;
  parts.literals = {etf::versioned(u8(82))};
  const Bytes file = module_file(parts);
  const Error error = error_of(file);
  REQUIRE(error.offset < file.size());
  CHECK(file[error.offset] == 82);
}

TEST_CASE("reading a file again gives the same words") {
  const Reading one(fixture("every_kind"));
  const Reading other(fixture("every_kind"));
  for (std::size_t i = 0; i < one.module.image.literals.size(); ++i) {
    CHECK(must(equal_graphs(one.module.image.literals[i], other.module.image.literals[i])));
  }
}
