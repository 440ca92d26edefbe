// Processes that begin with arguments, against the heaps that OTP 25 was seen to give them.
#include "engine/gc/collect.hpp"
#include "engine/heap/spawn.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// [lists:seq(1, elements)]
Term arguments(AreaImage& image, std::size_t elements) {
  const TermRoom room(image);
  return cons(room, small_list(room, elements), kNil);
}

}  // namespace

TEST_CASE("a process begins with the heap that its arguments need and 4 words more") {
  for (const auto& [elements, words] :
       {std::pair{1U, 233U}, std::pair{113U, 233U}, std::pair{114U, 376U}, std::pair{115U, 376U},
        std::pair{200U, 610U}, std::pair{1000U, 2586U}}) {
    TestMemory memory;
    AreaImage image = empty_image(4000);
    const Term given = arguments(image, elements);
    const Process process = must(spawn_with({.blocks = &memory.blocks}, given));
    CHECK(process.young.words == words);
    CHECK(process.used_words() == 2 * elements + 2);
    CHECK(process.stack_words() == 1);
    CHECK(same_graph(Term{*process.stop}, given));
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("a process that begins with 113 elements outgrows its heap at its first word") {
  TestMemory memory;
  AreaImage image = empty_image(4000);
  Process process = must(spawn_with({.blocks = &memory.blocks}, arguments(image, 113)));
  must(allocate_words(process, 2));
  CHECK(process.young.words == 376);
}

TEST_CASE("a literal in the arguments costs nothing unless its area is being released") {
  TestMemory memory;
  LiteralSpace space = test_space();
  const AreaImage image = image_of(298, [](TermRoom room) { return record(room, 1, 5); });
  LoadedArea area(space, image);
  AreaImage outside = empty_image(100);
  const Term given = cons(TermRoom(outside), area.literal(0), kNil);
  CHECK(must(spawn_with({&memory.blocks, space.range()}, given)).used_words() == 2);
  const AddressRanges released = area.area().range();
  const Process process = must(spawn_with({&memory.blocks, space.range(), &released}, given));
  CHECK(process.used_words() == 16);
  area.release();
  CHECK(damage(process, &space) == kNoDamage);
}

TEST_CASE("binaries in the arguments count for the new process") {
  TestMemory memory;
  Payloads payloads;
  AreaImage outside = empty_image(100);
  const TermRoom room(outside);
  const Term given = cons(room, counted_binary(room, payloads.make(8000)), kNil);
  {
    const Process process = must(spawn_with({.blocks = &memory.blocks}, given));
    CHECK(process.virtual_heap.young == 1000);
    CHECK(payloads.references() == 2);
    CHECK(damage(process) == kNoDamage);
  }
  CHECK(payloads.references() == 1);
}

TEST_CASE("a process whose arguments find no memory is not begun") {
  TestMemory memory;
  Payloads payloads;
  AreaImage outside = empty_image(100);
  const TermRoom room(outside);
  const Term given = cons(room, counted_binary(room, payloads.make(8000)), kNil);
  memory.blocks.set_budget(0);
  CHECK_FALSE(spawn_with({.blocks = &memory.blocks}, given).ok());
  CHECK(memory.live_bytes() == 0);
  CHECK(payloads.references() == 1);
}
