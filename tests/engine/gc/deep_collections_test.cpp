// Terms a million levels deep: nothing recurses on them.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kLevels = 1'000'000;
constexpr std::size_t kTermWords = 2 * kLevels;
constexpr std::size_t kAreaWords = 2 * kTermWords + 32;

// Lists in lists, and tuples in tuples.
AreaImage deep_image() {
  AreaImage image = empty_image(kAreaWords);
  REQUIRE(image.literals.push_back(nested_lists(TermRoom(image), kLevels)));
  REQUIRE(image.literals.push_back(nested_tuples(TermRoom(image), kLevels)));
  pad(image, kAreaWords);
  return image;
}

}  // namespace

TEST_CASE("terms a million levels deep are collected whole") {
  const AreaImage expected = deep_image();
  TestMemory memory;
  Process process = spawn(memory, {}, kAreaWords);
  REQUIRE(process.push(nested_lists(TermRoom(process), kLevels)));
  REQUIRE(process.push(nested_tuples(TermRoom(process), kLevels)));
  CHECK(must(collect_major(process)).moved_words == 2 * kTermWords);
  must(collect(process));
  CHECK(process.old_used_words() == 2 * kTermWords);
  CHECK(damage(process) == kNoDamage);
  CHECK(same_graph(process.stack_term(1), expected.literals[0]));
  CHECK(same_graph(process.stack_term(0), expected.literals[1]));
}

TEST_CASE("literals a million levels deep are copied whole, into the runtime's block") {
  const AreaImage image = deep_image();
  for (const std::size_t held : {0U, 1U}) {
    LiteralSpace space = test_space();
    LoadedArea area(space, image);
    TestMemory memory;
    Process process = spawn(memory, {}, 0, space.range());
    REQUIRE(process.push(area.literal(held)));
    must(collect_major(process));
    CHECK(must(copy_literals(process, AreaBatch(area.area()), memory.blocks)).copied_words ==
          kTermWords);
    area.release();
    CHECK(process.total_heap_words() == 233 + 4298223);
    CHECK(damage(process, &space) == kNoDamage);
    CHECK(same_graph(process.stack_term(0), image.literals[held]));
    must(collect_major(process));
    CHECK(process.total_heap_words() == 2072833);
  }
}
