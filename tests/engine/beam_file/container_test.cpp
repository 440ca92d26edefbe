// The container of a .beam file.
#include "engine/beam_file/container.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

const std::vector<Bytes> kRequired = {chunk("AtU8", text("atoms")), chunk("Code", text("code")),
                                      chunk("ImpT", text("imports")),
                                      chunk("ExpT", text("exports"))};

std::vector<Bytes> required_and(const Bytes& more) {
  std::vector<Bytes> chunks = kRequired;
  chunks.push_back(more);
  return chunks;
}

std::string data_of(const Chunk& chunk) { return {chunk.data.begin(), chunk.data.end()}; }

}  // namespace

TEST_CASE("chunks are found with their data and their offset") {
  const Bytes file = form(required_and(chunk("LitT", text("literals!"))));
  const BeamChunks chunks = must(find_chunks(file));
  CHECK(data_of(chunks.atoms) == "atoms");
  CHECK(data_of(chunks.code) == "code");
  CHECK(data_of(chunks.literals) == "literals!");
  CHECK(chunks.atoms.offset == 20);
  CHECK(file[chunks.literals.offset] == 'l');
  CHECK_FALSE(chunks.lines.present());
}

TEST_CASE("of chunks with the same id the last one counts") {
  const Bytes file = form(required_and(chunk("Code", text("other"))));
  CHECK(data_of(must(find_chunks(file)).code) == "other");
}

TEST_CASE("an unknown chunk is passed over") {
  CHECK(find_chunks(form(required_and(chunk("Xyz1", text("odd"))))).ok());
}

TEST_CASE("what follows the container is ignored") {
  CHECK(find_chunks(join({form(kRequired), text("more")})).ok());
}

TEST_CASE("a file without a chunk that every loader needs is refused") {
  for (std::size_t missing = 0; missing < kRequired.size(); ++missing) {
    std::vector<Bytes> chunks = kRequired;
    chunks.erase(chunks.begin() + static_cast<std::ptrdiff_t>(missing));
    INFO(missing);
    CHECK_FALSE(find_chunks(form(chunks)).ok());
  }
}

TEST_CASE("an empty chunk counts as missing") {
  CHECK_FALSE(find_chunks(form(required_and(chunk("Code", {})))).ok());
}

TEST_CASE("the atom table of old releases is accepted") {
  std::vector<Bytes> chunks = kRequired;
  chunks[0] = chunk("Atom", text("atoms"));
  CHECK(data_of(must(find_chunks(form(chunks))).latin1_atoms) == "atoms");
}

TEST_CASE("what is no .beam file is refused") {
  CHECK(find_chunks({}).error().offset == 0);
  CHECK(find_chunks(text("FOR2....")).error().offset == 0);
  CHECK(find_chunks(join({text("FOR1"), u32(4), text("TEXT")})).error().offset == 8);
}

TEST_CASE("every truncation of a container is refused") {
  const Bytes file = form(kRequired);
  for (std::size_t size = 0; size < file.size(); ++size) {
    INFO(size);
    CHECK_FALSE(find_chunks(std::span<const std::uint8_t>(file).first(size)).ok());
  }
}

TEST_CASE("a chunk that is longer than the container is refused with its size and offset") {
  const Bytes file = form({text("Code"), u32(0xFFFFFFFF)});
  const auto chunks = find_chunks(file);
  REQUIRE_FALSE(chunks.ok());
  CHECK(chunks.error().offset == 20);
  CHECK(chunks.error().value == 0xFFFFFFFF);
}

TEST_CASE("the padding of the last chunk belongs to the container") {
  Bytes file = form(kRequired);
  file.pop_back();
  file[7] = static_cast<std::uint8_t>(file[7] - 1);
  CHECK_FALSE(find_chunks(file).ok());
}
