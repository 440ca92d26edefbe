// Messages on their way: copied, given up by a purge, received.
#include "engine/gc/collect.hpp"
#include "engine/node/transit.hpp"
#include "engine/purge/heap_scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

class TestTransit {
 public:
  Word* make(Term term, const AddressRange* released = nullptr) {
    return must(make_message(term, space.range(), released, memory.blocks));
  }
  std::size_t give_up_area(Word* message) {
    return must(
        copy_literals_of_message(message, space.range(), area.area().range(), memory.blocks));
  }
  Term receive(const Word* message) { return must(receive_message(message, nullptr, process)); }
  // Where senders build what they send.
  [[nodiscard]] TermRoom room() { return TermRoom(sender); }

  LiteralSpace space = test_space();
  AreaImage image = records_image(10, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
  Process sender = beam_test::spawn(memory, {.min_heap_words = 10000}, 0, space.range());
  Process process = beam_test::spawn(memory, {.min_heap_words = 10000}, 0, space.range());
};

}  // namespace

TEST_CASE("a message is a copy that shares literals") {
  TestTransit test;
  const Term sent = tuple(test.room(), {small_list(test.room(), 10), test.area.literal(2)});
  Word* message = test.make(sent);
  const Term got = test.receive(message);
  CHECK(got != sent);
  CHECK(same_graph(got, sent));
  CHECK(got.pointer()[2] == test.area.literal(2).word);
  release_message(message, test.memory.blocks);
}

TEST_CASE("a message that is sent while an area is released has copies of its literals") {
  TestTransit test;
  const AddressRange released = test.area.area().range();
  Word* message = test.make(tuple(test.room(), {test.area.literal(2)}), &released);
  CHECK(test.give_up_area(message) == 0);
  const Term got = test.receive(message);
  CHECK(got.pointer()[1] != test.area.literal(2).word);
  CHECK(same_graph(Term{got.pointer()[1]}, test.image.literals[2]));
  release_message(message, test.memory.blocks);
}

TEST_CASE("a purge copies the literals of a queued message once for each reference") {
  TestTransit test;
  const Term literal = test.area.literal(2);  // 8 words
  Word* message = test.make(tuple(test.room(), {literal, literal}));
  CHECK(test.give_up_area(message) == 16);
  CHECK(test.give_up_area(message) == 0);
  test.area.release();
  const Term got = test.receive(message);
  CHECK(got.pointer()[1] != got.pointer()[2]);
  CHECK(same_graph(Term{got.pointer()[1]}, test.image.literals[2]));
  CHECK(same_graph(Term{got.pointer()[2]}, test.image.literals[2]));
  CHECK(damage(test.process, &test.space) == kNoDamage);
  release_message(message, test.memory.blocks);
}

TEST_CASE("a message that is a literal itself is freed of it") {
  TestTransit test;
  Word* message = test.make(test.area.literal(3));
  CHECK(test.give_up_area(message) == 8);
  test.area.release();
  CHECK(same_graph(test.receive(message), test.image.literals[3]));
  release_message(message, test.memory.blocks);
}

TEST_CASE("a message keeps its literals when there is no memory to copy them") {
  TestTransit test;
  Word* message = test.make(test.area.literal(3));
  test.memory.blocks.set_budget(0);
  CHECK_FALSE(copy_literals_of_message(message, test.space.range(), test.area.area().range(),
                                       test.memory.blocks)
                  .ok());
  CHECK_FALSE(make_message(kNil, test.space.range(), nullptr, test.memory.blocks).ok());
  test.memory.blocks.set_budget(FailingBlocks::kNever);
  CHECK(test.receive(message) == test.area.literal(3));
  release_message(message, test.memory.blocks);
}

TEST_CASE("a message that does not fit makes its receiver collect") {
  TestTransit test;
  Process small = spawn(test.memory, {}, 0, test.space.range());
  const Term sent = small_list(test.room(), 500);
  Word* message = test.make(sent);
  const Term got = must(receive_message(message, nullptr, small));
  CHECK(same_graph(got, sent));
  CHECK(small.young.words > 1000);
  release_message(message, test.memory.blocks);
}

TEST_CASE("a message owns one reference of a payload for as long as it is there") {
  TestTransit test;
  Payloads payloads;
  RefcBinary* payload = payloads.make(1000);
  const Term binary = counted_binary(test.room(), payload);
  Word* message = test.make(cons(test.room(), binary, kNil));
  CHECK(payload->references == 2);
  const Term got = test.receive(message);
  static_cast<void>(got);
  CHECK(payload->references == 3);
  release_message(message, test.memory.blocks);
  CHECK(payload->references == 2);
}

TEST_CASE("messages leave a list in the order in which they came") {
  TestTransit test;
  MessageList list;
  MessageList earlier;
  Word* const a = test.make(make_small(1));
  Word* const b = test.make(make_small(2));
  Word* const c = test.make(make_small(3));
  list.append(c);
  earlier.append(a);
  earlier.append(b);
  list.prepend(earlier);
  CHECK(next_message(a) == b);
  for (Word* const message : {a, b, c}) {
    CHECK(list.take() == message);
    release_message(message, test.memory.blocks);
  }
  CHECK(list.take() == nullptr);
  CHECK(list.empty());
}

TEST_CASE("messages that are given back give back their memory") {
  TestTransit test;
  const std::uint64_t before = test.memory.live_bytes();
  MessageList list;
  for (std::size_t i = 1; i < 5; ++i) {
    list.append(test.make(test.area.literal(i)));
    test.give_up_area(list.last);
  }
  release_messages(list, test.memory.blocks);
  CHECK(list.empty());
  CHECK(test.memory.live_bytes() == before);
}
