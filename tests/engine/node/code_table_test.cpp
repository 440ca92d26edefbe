// Loaded code: a current version and at most one old one of every module.
#include "engine/node/code_table.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kName = make_atom(7);

}  // namespace

TEST_CASE("a module that was never loaded is not found") {
  CodeTable code;
  CHECK(code.find(kName) == nullptr);
  CHECK(code.size() == 0);
}

TEST_CASE("the first version of a module is current and there is no old one") {
  LiteralSpace space = test_space();
  CodeTable code;
  const AreaImage image = records_image(10, 2, 98);
  const Module* module = must(code.load(kName, space, image));
  CHECK(module == code.find(kName));
  CHECK(module->current.loaded);
  CHECK(module->current.literals.words == 98);
  CHECK_FALSE(module->old.loaded);
}

TEST_CASE("the second version of a module makes the first one old") {
  LiteralSpace space = test_space();
  CodeTable code;
  const AreaImage first = records_image(10, 2, 98);
  const AreaImage second = records_image(10, 2, 99);
  const Word* start = must(code.load(kName, space, first))->current.literals.start;
  const Module* module = must(code.load(kName, space, second));
  CHECK(module->old.literals.start == start);
  CHECK(module->current.literals.words == 99);
  CHECK(code.size() == 1);
}

TEST_CASE("a third version is refused as long as there is old code, and changes nothing") {
  LiteralSpace space = test_space();
  CodeTable code;
  const AreaImage image = records_image(10, 2, 98);
  must(code.load(kName, space, image));
  must(code.load(kName, space, image));
  const std::size_t committed = space.committed_bytes();
  const auto refused = code.load(kName, space, image);
  REQUIRE_FALSE(refused.ok());
  CHECK(std::string(refused.error().what) == "the module has old code that is not purged");
  CHECK(space.committed_bytes() == committed);
}

TEST_CASE("a version that does not fit into the literal space changes nothing") {
  LiteralSpace space = test_space(3 * LiteralSpace::kPageBytes);
  CodeTable code;
  const AreaImage small = records_image(10, 2, 98);
  const AreaImage large = records_image(10, 2, 2000);
  CHECK_FALSE(code.load(make_atom(8), space, large).ok());
  CHECK(code.find(make_atom(8)) == nullptr);
  must(code.load(kName, space, small));
  CHECK_FALSE(code.load(kName, space, large).ok());
  CHECK(code.find(kName)->current.literals.words == 98);
  CHECK_FALSE(code.find(kName)->old.loaded);
}

TEST_CASE("modules of different names have versions of their own") {
  LiteralSpace space = test_space();
  CodeTable code;
  const AreaImage image = records_image(10, 2, 98);
  for (std::uint64_t i = 0; i < 200; ++i) must(code.load(make_atom(i), space, image));
  CHECK(code.size() == 200);
  for (std::uint64_t i = 0; i < 200; ++i) {
    REQUIRE(code.find(make_atom(i)) != nullptr);
    REQUIRE_FALSE(code.find(make_atom(i))->old.loaded);
  }
}
