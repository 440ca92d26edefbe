// The literal table of a module, packed and not.
#include "engine/beam_file/literal_chunk.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"
#include "tests/support/property.hpp"

namespace {

using namespace beam;
using namespace beam_test;

const std::vector<Bytes> kLiterals = {etf::versioned(etf::tuple({etf::atom("a")})),
                                      etf::versioned(etf::small(7)),
                                      etf::versioned(etf::tuple({etf::atom("a")}))};

Bytes packed_table(const Bytes& unpacked, std::size_t claimed) {
  return join({u32(claimed), zlib_packed(unpacked)});
}

// The part of a table that is packed, when it is.
Bytes content_of(const std::vector<Bytes>& literals) {
  const Bytes table = literal_table(literals);
  return {table.begin() + 4, table.end()};
}

Result<MappedArray<Slack>> read(const Bytes& data, Decoding& decoding) {
  return read_literals(as_chunk(data), decoding.builder);
}

Error error_in(const Bytes& data) {
  Decoding decoding;
  return read(data, decoding).error();
}

}  // namespace

TEST_CASE("literals are read in their order, equal ones twice") {
  Decoding decoding;
  REQUIRE(read(literal_table(kLiterals), decoding).ok());
  const auto& literals = decoding.builder.image().literals;
  REQUIRE(literals.size() == 3);
  CHECK(decoding.print(literals[0]) == "{a}");
  CHECK(literals[1] == make_small(7));
  CHECK(literals[2] != literals[0]);
  CHECK(decoding.builder.words() == 4);
}

TEST_CASE("a packed table is unpacked") {
  Decoding decoding;
  const Bytes content = content_of(kLiterals);
  REQUIRE(read(packed_table(content, content.size()), decoding).ok());
  CHECK(decoding.builder.image().literals.size() == 3);
}

TEST_CASE("a missing table holds no literals") {
  Decoding decoding;
  CHECK(must(read({}, decoding)).empty());
}

TEST_CASE("a claimed size that deflate cannot reach is refused with the claim") {
  const Bytes content = content_of(kLiterals);
  const Error error = error_in(packed_table(content, std::size_t{1} << 20));
  CHECK(error.value == std::size_t{1} << 20);
  CHECK(error.offset == 0);
}

TEST_CASE("a claimed size over the limit is refused with the claim") {
  const Bytes content = content_of(kLiterals);
  CHECK(error_in(packed_table(content, 0xFFFFFFFF)).value == 0xFFFFFFFF);
}

TEST_CASE("a packed table that unpacks to another size than claimed is refused") {
  const Bytes content = content_of(kLiterals);
  CHECK_FALSE(error_in(packed_table(content, content.size() + 1)).what == nullptr);
  CHECK(error_in(packed_table(content, content.size() - 1)).value == content.size() - 1);
}

TEST_CASE("more literals than there are bytes are refused") {
  CHECK(error_in(join({u32(0), u32(100), zeros(500)})).value == 100);
}

TEST_CASE("a truncated LitT chunk is refused with its offset") {
  const Bytes table = literal_table(kLiterals);
  for (std::size_t size = 1; size < table.size(); ++size) {
    INFO(size);
    const Error error =
        error_in(Bytes(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(size)));
    CHECK(error.offset <= size);
  }
}

TEST_CASE("a literal that reaches beyond its size is refused") {
  Bytes table = literal_table({etf::versioned(etf::tuple({etf::atom("abc")}))});
  table[11] = static_cast<std::uint8_t>(table[11] - 1);
  CHECK(error_in(table).offset <= table.size());
}

TEST_CASE("bytes behind a literal within its size are ignored") {
  Decoding decoding;
  CHECK(read(literal_table({join({kLiterals[0], zeros(5)})}), decoding).ok());
}

TEST_CASE("a map of many atom keys has slack, every other literal has none") {
  std::vector<std::pair<Bytes, Bytes>> atoms;
  std::vector<std::pair<Bytes, Bytes>> numbers;
  for (std::uint8_t i = 0; i < 100; ++i) {
    atoms.emplace_back(etf::atom("key" + std::to_string(i)), etf::nil());
    numbers.emplace_back(etf::small(i), etf::nil());
  }
  Decoding decoding;
  const auto slacks =
      must(read(literal_table({etf::versioned(etf::map(atoms)), etf::versioned(etf::map(numbers))}),
                decoding));
  CHECK(slacks[0].fewer > 0);
  CHECK(slacks[0].more > 0);
  CHECK(slacks[1].fewer == 0);
  CHECK(slacks[1].more == 0);
  CHECK(decoding.builder.bounds().max_words == decoding.builder.words() + slacks[0].more);
}
